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

    @Task(cache = @Cached(
            key = "pathKey")) // CLEW041
    String read(String path) {
        return null;
    }
}
