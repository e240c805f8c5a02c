package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

class Flow {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return topic;
    }

    @Task
    String read(String path) {
        return path;
    }

    @Task(name = "read") // CLEW017
    String load(String path) {
        return path;
    }
}
