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

    @Task(name = " ") // CLEW016
    String blank() {
        return "";
    }

    @Task(name = "two\nlines") // CLEW016
    String control() {
        return "";
    }

    @Task(name = "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x") // CLEW016
    String long_() {
        return "";
    }
}
