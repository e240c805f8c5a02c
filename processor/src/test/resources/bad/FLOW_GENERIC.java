package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

class Flow<T extends Comparable<T>> { // CLEW004
    @Entrypoint
    T write(T topic, FlowTasks tasks) {
        tasks.read(topic).join();
        return topic;
    }

    @Task
    String read(T path) {
        return path.toString();
    }
}
