package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

class Flow {
    @Entrypoint
    String go(String topic, FlowTasks tasks) {
        return tasks.fail().join();
    }

    private record Secret(String text) {}

    private static final class Oops extends RuntimeException {}

    @Task
    Secret read() { // CLEW031
        return null;
    }

    @Task
    String write(
            List<Secret> secrets) { // CLEW031
        return null;
    }

    @Task(retry = @Retry(
            retryOn = Oops.class)) // CLEW031
    String fail() {
        return null;
    }
}
