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

@StateGraph(Doc.class)
class Flow {
    @Node(after = START)
    @Task
    void plan() {} // CLEW267

    @Input
    @Node(after = "plan")
    DocUpdate begin(String topic) { // CLEW267
        return DocUpdate.update();
    }

    @Node(after = "plan")
    @OnError("plan")
    void both() {} // CLEW267
}
