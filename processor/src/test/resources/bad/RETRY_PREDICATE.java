package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;
import java.util.function.*;

class Flow {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return topic;
    }

    static class Needy implements Predicate<Throwable> {
        Needy(String need) {}

        @Override
        public boolean test(Throwable failure) {
            return true;
        }
    }

    class Inner implements Predicate<Throwable> {
        @Override
        public boolean test(Throwable failure) {
            return true;
        }
    }

    @Task(retry = {
        @Retry(
            retryIf = Needy.class), // CLEW038
        @Retry(
            retryIf = Inner.class)}) // CLEW038
    String both() {
        return null;
    }
}
