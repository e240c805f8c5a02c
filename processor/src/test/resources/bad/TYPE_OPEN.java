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
    Object any() { // CLEW032
        return null;
    }

    @Task
    String shape(
            List<Shape> shapes) { // CLEW032
        return null;
    }

    @Task
    String number(
            List<? extends Number> numbers) { // CLEW032
        return null;
    }

    interface Shape {}
}
