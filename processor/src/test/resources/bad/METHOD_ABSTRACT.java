package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

abstract class Base {
    @Task
    abstract String read(String path); // CLEW010
}

class Flow extends Base {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return tasks.copy(topic).join();
    }

    @Task
    String copy(String path) {
        return path;
    }

    @Override
    String read(String path) {
        return path;
    }
}
