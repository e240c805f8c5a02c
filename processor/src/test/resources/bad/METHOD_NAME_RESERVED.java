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
    String notify(String path) { // CLEW014
        return path;
    }

    @Task(name = "straight")
    String direct(String path) { // CLEW014
        return path;
    }

    @Entrypoint
    String recover() { // CLEW014
        return "";
    }
}
