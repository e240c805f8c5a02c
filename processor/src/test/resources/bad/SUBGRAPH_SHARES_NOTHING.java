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

@State
record Other(int topic, @Append List<Integer> notes, String title) {}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    void plan() {}

    @Subgraph(after = "plan")
    Inner inner; // CLEW218
}

@StateGraph(Other.class)
class Inner {
    @Node(after = START)
    void one() {}
}
