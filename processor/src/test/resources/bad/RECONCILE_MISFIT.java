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
            effect = Effect.ONCE,
            reconcile = "plain") // CLEW061
    String a(String amount, TaskContext context) {
        return amount;
    }

    String plain(String amount) {
        return amount;
    }

    @Task(
            effect = Effect.ONCE,
            reconcile = "other") // CLEW061
    String b(String amount, TaskContext context) {
        return amount;
    }

    Optional<String> other(int amount) {
        return Optional.empty();
    }

    @Task(
            effect = Effect.ONCE,
            reconcile = "fixed") // CLEW061
    String c(String amount, TaskContext context) {
        return amount;
    }

    static Optional<String> fixed(String amount) {
        return Optional.empty();
    }

    @Task(
            effect = Effect.ONCE,
            reconcile = "hidden") // CLEW061
    String d(String amount, TaskContext context) {
        return amount;
    }

    private Optional<String> hidden(String amount) {
        return Optional.empty();
    }

    @Task(
            effect = Effect.ONCE,
            reconcile = "twice") // CLEW061
    String e(String amount, TaskContext context) {
        return amount;
    }

    Optional<String> twice(String amount) {
        return Optional.empty();
    }

    Optional<String> twice(String amount, TaskContext context) {
        return Optional.empty();
    }

    @Task(
            effect = Effect.ONCE,
            reconcile = "step") // CLEW061
    String f(String amount, TaskContext context) {
        return amount;
    }

    @Task
    Optional<String> step(String amount) {
        return Optional.empty();
    }

    @Task(
            effect = Effect.ONCE,
            reconcile = "empty") // CLEW061
    void g(String amount, TaskContext context) {}

    Optional<Void> empty(String amount) {
        return Optional.empty();
    }
}

@State
record Doc(String topic, @Nullable String draft) {}

@StateGraph(Doc.class)
class Editor {
    @Node(
            after = START,
            writes = "draft",
            effect = Effect.ONCE,
            reconcile = "found") // CLEW061
    String pay(String topic, TaskContext context) {
        return topic;
    }

    Optional<String> found(String topic, int more) {
        return Optional.empty();
    }

    @Node(
            after = "pay",
            effect = Effect.ONCE,
            reconcile = "noted") // CLEW061
    DocUpdate note(String topic, TaskContext context) {
        return DocUpdate.update().draft(topic);
    }

    Optional<String> noted(String topic) {
        return Optional.empty();
    }

    Object use = EditorGraph.NOTE_OUTCOME;
}

class Shop {
    @Tool(
            value = "Pays.",
            effect = Effect.ONCE,
            reconcile = "found") // CLEW061
    String pay(String topic, TaskContext context) {
        return topic;
    }

    boolean found(String topic) {
        return true;
    }
}
