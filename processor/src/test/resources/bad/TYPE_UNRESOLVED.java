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
    String read(
            List<Missing> missing) { // CLEW033
        return null;
    }

    @Task(retry = @Retry(
            retryOn = Missing.class)) // CLEW033
    String fail() {
        return null;
    }
}
