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
            cache = {@Cached, @Cached(version = "2")}) // CLEW039
    String read() {
        return null;
    }
}
