package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

class Flow {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return tasks.read(topic).join();
    }

    @Task(retry = @Retry(
            maxInterval = "PT1S",
            initialInterval = "PT2S")) // CLEW047
    String read(String path) {
        return path;
    }

    @Task(retry = @Retry(
            initialInterval = "PT10M")) // CLEW047
    String longerThanTheDefault(String path) {
        return path;
    }

    @Task(retry = @Retry(initialInterval = "PT1S", maxInterval = "PT1S"))
    String always(String path) {
        return path;
    }

    @Task(retry = @Retry(maxInterval = "PT0.1S"))
    String atMost(String path) {
        return path;
    }

    @Task(timeout = "PT9223372036854775807S", retry = @Retry(initialInterval = "P365000D", maxInterval = "P365000D"),
            cache = @Cached(ttl = "P106751991167300D"))
    String forEver(String path) {
        return path;
    }
}
