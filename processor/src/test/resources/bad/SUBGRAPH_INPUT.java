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

record Brief(String topic, String draft) {}

record Other(String topic, String words) {}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    void plan() {}

    @Subgraph(after = "plan", writes = "draft")
    Workflow<Brief, String> made = null;

    @Subgraph(after = "made", writes = "draft")
    Workflow<Other, String> misses = null; // CLEW270

    @Subgraph(after = "misses", writes = "draft")
    Workflow<String, String> says = null; // CLEW270

    @Subgraph(after = "says", reads = "topics", writes = "draft")
    Workflow<String, String> unknown = null; // CLEW270

    @Subgraph(after = "unknown", reads = "words", writes = "draft")
    Workflow<String, String> other = null; // CLEW270

    @Subgraph(after = "other", reads = "topic", writes = "draft")
    Workflow<Void, String> none = null; // CLEW270
}
