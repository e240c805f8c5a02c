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
            undo = "cancle") // CLEW065
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
            undo = "cancle") // CLEW065
    String book(String topic) {
        return topic;
    }

    void cancel(String topic) {}
}

class Shop {
    @Tool(
            value = "Books.",
            undo = "cancle") // CLEW065
    String book(String topic) {
        return topic;
    }

    void cancel(String topic) {}
}
