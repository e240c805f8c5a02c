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
    String both(
            @Previous @Context String last) { // CLEW025
        return last;
    }

    @Task
    String run(
            @Context Run run) { // CLEW025
        return "";
    }
}
