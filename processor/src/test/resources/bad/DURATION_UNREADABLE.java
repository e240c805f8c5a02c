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
            timeout = "30s") // CLEW034
    String read() {
        return null;
    }

    @Task(retry = @Retry(
            initialInterval = "")) // CLEW034
    String retry() {
        return null;
    }

    @Task(
            timeout = "P999999999999999999D") // CLEW034
    String tooLong() {
        return null;
    }

    @Task(cache = @Cached(
            ttl = "1 day")) // CLEW034
    String cached() {
        return null;
    }
}
