// G130: what a node returns has the type of what it writes.
package com.acme;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.graph.*;
import dev.clew.task.*;
import java.util.*;
import org.jspecify.annotations.Nullable;

@State
record Doc(String topic, @Append List<String> notes, @Nullable String draft, List<String> titles) {}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START, writes = "draft")
    int one() { // CLEW249
        return 1;
    }

    @Node(after = START, writes = "notes")
    List<Integer> two() { // CLEW249
        return List.of();
    }

    @Node(after = "two", writes = "notes")
    String three() {
        return "";
    }

    @Node(after = "three", writes = "titles")
    String four() { // CLEW249
        return "";
    }
}
