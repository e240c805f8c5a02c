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
            reconcile = "found") // CLEW059
    String pay(String amount) {
        return amount;
    }

    Optional<String> found(String amount) {
        return Optional.empty();
    }

    @Task(
            effect = Effect.REPEATABLE,
            notDone = IllegalStateException.class) // CLEW059
    String read(String amount) {
        return amount;
    }

    @Task(
            settle = "PT1M") // CLEW059
    String hold(String amount) {
        return amount;
    }
}

@State
record Doc(String topic, @Nullable String draft) {}

@StateGraph(Doc.class)
class Editor {
    @Node(
            after = START,
            writes = "draft",
            settle = "PT1M") // CLEW059
    String pay(String topic) {
        return topic;
    }
}

class Shop {
    @Tool(
            value = "Pays.",
            reconcile = "found") // CLEW059
    String pay(String topic) {
        return topic;
    }
}
