package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;
import java.util.function.*;

class Flow {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return topic;
    }

    @Task
    Supplier<String> supplier() { // CLEW029
        return null;
    }

    @Task
    String later(
            Runnable later) { // CLEW029
        return null;
    }

    @Task
    Thread thread() { // CLEW029
        return null;
    }
}
