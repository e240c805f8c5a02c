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
    <T> T read(T path, FlowTasks tasks) { // CLEW011
        tasks.read(path).join();
        return path;
    }
}
