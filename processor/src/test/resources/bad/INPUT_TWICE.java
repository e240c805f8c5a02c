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
    String copy(String from,
            FlowTasks tasks,
            String to) { // CLEW018
        return tasks.copy(from, to).join();
    }
}
