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

    static class Always implements Predicate<Throwable> {
        @Override
        public boolean test(Throwable failure) {
            return true;
        }
    }

    @Task(retry = @Retry(
            retryOn = RuntimeException.class,
            retryIf = Always.class)) // CLEW037
    String both() {
        return null;
    }

    @Task(retry = @Retry(
            retryIf = {Always.class, Always.class})) // CLEW037
    String two() {
        return null;
    }
}
