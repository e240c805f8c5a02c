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

    @Task(effect = Effect.ONCE)
    String pay(String amount) { // CLEW062
        return amount;
    }
}

@State
record Doc(String topic, @Nullable String draft) {}

@StateGraph(Doc.class)
class Editor {
    @Node(after = START, writes = "draft", effect = Effect.ONCE)
    String pay(String topic) { // CLEW062
        return topic;
    }
}

class Shop {
    @Tool(value = "Pays.", effect = Effect.ONCE)
    String pay(String topic) { // CLEW062
        return topic;
    }
}
