package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

class Outer {
    class Flow { // CLEW003
        @Entrypoint
        String write(String topic, Outer_FlowTasks tasks) {
            return topic;
        }
    }

    Outer_FlowGraph graph = Outer_FlowGraph.builder(new Flow()).build();
}
