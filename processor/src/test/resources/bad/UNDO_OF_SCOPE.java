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
            undo = "cancel") // CLEW063
    String book(String trip, Run run) {
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
            undo = "cancel") // CLEW063
    String book(String topic, Run run) {
        return topic;
    }

    void cancel(String topic) {}
}
