package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;
import java.util.concurrent.*;

class Flow {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return topic;
    }

    @Task
    TaskFuture<String> task() { // CLEW028
        return null;
    }

    @Task
    Future<String> plain() { // CLEW028
        return null;
    }

    @Task
    List<CompletionStage<String>> many() { // CLEW028
        return null;
    }

    @Task
    String stage(
            CompletableFuture<String> stage) { // CLEW028
        return null;
    }
}
