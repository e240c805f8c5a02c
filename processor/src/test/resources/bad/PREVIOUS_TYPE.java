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

    @Entrypoint
    List<String> one(
            @Previous List<Integer> last) { // CLEW022
        return List.of();
    }

    @Entrypoint
    Final<String, Integer> two(
            @Previous Optional<String> last) { // CLEW022
        return Final.of("", 1);
    }

    @Entrypoint
    void three(
            @Previous Optional<String> last) { // CLEW022
    }
}
