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

    @Entrypoint
    String go(TaskContext context) { // CLEW020
        return "";
    }

    @Task
    String read(Run run,
            TaskContext context) { // CLEW020
        return "";
    }
}
