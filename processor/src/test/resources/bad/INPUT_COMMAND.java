package com.acme;

import dev.clew.annotations.*;
import dev.clew.interrupt.*;
import dev.clew.task.*;
import java.util.*;

class Flow {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return topic;
    }

    @Entrypoint
    String go(Command command) { // CLEW019
        return "";
    }

    @Entrypoint
    String answer(Answer answer) { // CLEW019
        return "";
    }

    @Entrypoint
    String none(Void nothing) { // CLEW019
        return "";
    }
}
