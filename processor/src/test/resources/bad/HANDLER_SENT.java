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

record Query(String text) {}

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    List<Query> plan() {
        return List.of();
    }

    @Node
    void search(Query query) {}

    @OnError("plan")
    List<Query> failed(Query query) { // CLEW254
        return List.of();
    }
}
