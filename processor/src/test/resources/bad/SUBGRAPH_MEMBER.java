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
    void plan() {}

    @Subgraph(after = "plan")
    static Inner one = new Inner(); // CLEW264

    @Subgraph(after = "plan")
    Inner two(String topic) { // CLEW264
        return one;
    }

    @Subgraph(after = "plan")
    Inner three() throws java.io.IOException { // CLEW264
        return one;
    }

    @Subgraph(after = "plan")
    <T> Inner four() { // CLEW264
        return one;
    }
}

@StateGraph(Doc.class)
class Inner {
    @Node(after = START)
    void one() {}
}
