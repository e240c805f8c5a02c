package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.io.*;
import java.util.*;
import java.util.stream.*;

class Flow {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return topic;
    }

    @Task
    Stream<String> stream() { // CLEW027
        return null;
    }

    @Task
    String lines(
            Iterator<String> lines) { // CLEW027
        return "";
    }

    @Task
    List<InputStream> files() { // CLEW027
        return null;
    }

    @Entrypoint
    Optional<String> read(
            Reader[] readers) { // CLEW027
        return null;
    }
}
