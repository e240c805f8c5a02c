// G036: parameters say what a node reads, and its route is made of nothing else.
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
    void one(
            String topik, // CLEW243
            int other) {} // CLEW243
}
