package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

class Outer {
    private static class Flow { // CLEW002
        @Entrypoint
        String write(String topic, Outer_FlowTasks tasks) {
            return tasks.read(topic).join();
        }

        @Task
        String read(String path) {
            return path;
        }
    }

    Outer_FlowGraph graph = Outer_FlowGraph.builder(new Flow()).build();
}
