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
    Final<String, String> task() { // CLEW030
        return null;
    }

    @Entrypoint
    String in(
            Final<String, String> in) { // CLEW030
        return null;
    }

    @Entrypoint
    List<Final<String, String>> nested() { // CLEW030
        return null;
    }
}
