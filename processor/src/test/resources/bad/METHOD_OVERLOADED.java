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

    @Task(name = "readAll")
    String read(List<String> paths) { // CLEW013
        return paths.get(0);
    }
}
