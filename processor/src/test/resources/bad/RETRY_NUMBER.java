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

    @Task(retry = @Retry(
            maxAttempts = 0, // CLEW036
            backoff = 0.5)) // CLEW036
    String read() {
        return null;
    }
}
