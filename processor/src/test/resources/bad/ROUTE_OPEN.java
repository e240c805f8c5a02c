// G026: what is no update is no result, unless it is a route.
package com.acme;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.graph.*;
import dev.clew.task.*;
import java.util.*;
import org.jspecify.annotations.Nullable;

@State
record Doc(String topic, @Append List<String> notes, @Nullable String draft) {}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    String write(String topic) { // CLEW210
        return topic;
    }

    @Node(after = START)
    boolean check() { // CLEW210
        return true;
    }

    @Node(after = START)
    List<Object> any() { // CLEW210
        return List.of();
    }
}
