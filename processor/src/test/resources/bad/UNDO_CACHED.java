package com.acme;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;
import org.jspecify.annotations.Nullable;

class Flow {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return topic;
    }

    @Task(
            undo = "cancel",
            cache = @Cached) // CLEW064
    String book(String trip) {
        return trip;
    }

    void cancel(String trip) {}
}

@State
record Doc(String topic, @Nullable String draft) {}

@StateGraph(Doc.class)
class Editor {
    @Node(
            after = START,
            writes = "draft",
            undo = "cancel",
            cache = @Cached) // CLEW064
    String book(String topic) {
        return topic;
    }

    void cancel(String topic) {}
}
