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
    String foreign(
            OtherTasks tasks) { // CLEW026
        return "";
    }

    @Task
    String many(
            List<FlowTasks> tasks) { // CLEW026
        return "";
    }

    @Task
    FlowTasks handle() { // CLEW026
        return null;
    }

    @Task
    String runs(
            List<Run> runs) { // CLEW026
        return "";
    }
}

class Other {
    @Entrypoint
    String write(String topic, OtherTasks tasks) {
        return topic;
    }
}
