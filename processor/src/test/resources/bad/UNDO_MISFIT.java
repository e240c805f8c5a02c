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
            undo = "returns") // CLEW066
    String a(String trip) {
        return trip;
    }

    String returns(String trip) {
        return trip;
    }

    @Task(
            undo = "other") // CLEW066
    String b(String trip) {
        return trip;
    }

    void other(int trip) {}

    @Task(
            undo = "fixed") // CLEW066
    String c(String trip) {
        return trip;
    }

    static void fixed(String trip) {}

    @Task(
            undo = "hidden") // CLEW066
    String d(String trip) {
        return trip;
    }

    private void hidden(String trip) {}

    @Task(
            undo = "twice") // CLEW066
    String e(String trip) {
        return trip;
    }

    void twice(String trip) {}

    void twice(String trip, TaskContext context) {}

    @Task(
            undo = "step") // CLEW066
    String f(String trip) {
        return trip;
    }

    @Task
    void step(String trip) {}

    @Task(
            undo = "durable") // CLEW066
    String g(String trip) {
        return trip;
    }

    void durable(String trip, FlowTasks tasks) {}

    @Task(
            undo = "wrong") // CLEW066
    String h(String trip) {
        return trip;
    }

    void wrong(String trip, Optional<Integer> result) {}

    @Task(
            undo = "plain") // CLEW066
    void i(String trip) {}

    void plain(String trip, Optional<Void> result) {}
}

@State
record Doc(String topic, @Nullable String draft) {}

@StateGraph(Doc.class)
class Editor {
    @Node(
            after = START,
            writes = "draft",
            undo = "cancel") // CLEW066
    String book(String topic) {
        return topic;
    }

    void cancel(String topic, Optional<Integer> draft) {}
}

class Shop {
    @Tool(
            value = "Books.",
            undo = "cancel") // CLEW066
    String book(String topic) {
        return topic;
    }

    void cancel(int topic) {}
}
