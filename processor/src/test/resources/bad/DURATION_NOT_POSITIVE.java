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

    @Task(
            idleTimeout = "PT0S", // CLEW035
            cache = @Cached(
                    ttl = "-PT1S")) // CLEW035
    String read() {
        return null;
    }
}
