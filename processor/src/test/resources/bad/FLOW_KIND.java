package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

interface Flow { // CLEW001
    @Entrypoint
    String write(String topic, FlowTasks tasks);

    @Task
    default String read(String path) {
        return path;
    }
}

enum Mood { // CLEW001
    CALM;

    @Entrypoint
    String tell(MoodTasks tasks) {
        return name();
    }
}
