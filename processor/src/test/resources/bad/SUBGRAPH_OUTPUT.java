package com.acme;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.graph.*;
import dev.clew.task.*;
import java.util.*;
import org.jspecify.annotations.Nullable;

@State
record Doc(String topic, int words, @Append List<String> notes, @Nullable String draft) {}

record Letter(String text) {}

record Counted(int words, @Nullable String draft) {}

record Noted(List<String> notes) {}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    void plan() {}

    @Subgraph(after = "plan", reads = "topic")
    Workflow<String, Counted> taken = null;

    @Subgraph(after = "taken", reads = "topic")
    Workflow<String, Letter> letter = null; // CLEW271

    @Subgraph(after = "letter", reads = "topic")
    Workflow<String, Noted> folded = null; // CLEW271

    @Subgraph(after = "folded", reads = "topic")
    Workflow<String, String> text = null; // CLEW271

    @Subgraph(after = "text", reads = "topic")
    Workflow<String, Void> nothing = null;
}
