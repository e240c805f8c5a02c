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
    String list(
            @Context List<String> names) { // CLEW024
        return "";
    }

    @Task
    String number(
            @Context int number) { // CLEW024
        return "";
    }
}
