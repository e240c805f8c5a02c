package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

abstract class Flow {
    @Entrypoint
    String write(String topic) { // CLEW005
        return topic;
    }

    @Task
    String read(String path, FlowTasks tasks) { // CLEW005
        return path;
    }
}
