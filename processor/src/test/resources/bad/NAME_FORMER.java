package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

class Flow {
    @Entrypoint(formerly = {"OldFlow.write", "Flow.copy"}) // CLEW055
    String write(String topic, FlowTasks tasks) {
        return topic;
    }

    @Entrypoint(formerly = "OldFlow.copy")
    String copy(String topic) {
        return topic;
    }

    @Task(formerly = "load")
    String read(String path) {
        return path;
    }

    @Task(formerly = "load") // CLEW055
    String fetch(String path) {
        return path;
    }

    @Task(formerly = " ") // CLEW055
    String list(String path) {
        return path;
    }

    @Task(name = "kept", formerly = "kept") // CLEW055
    String keep(String path) {
        return path;
    }
}
