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

    @Task(cache = @Cached(
            key = "instance")) // CLEW042
    String a(String path) {
        return null;
    }

    String instance(String path) {
        return path;
    }

    @Task(cache = @Cached(
            key = "other")) // CLEW042
    String b(String path) {
        return null;
    }

    static String other(int path) {
        return "";
    }

    @Task(cache = @Cached(
            key = "checked")) // CLEW042
    String c(String path) {
        return null;
    }

    static String checked(String path) throws java.io.IOException {
        return path;
    }

    @Task(cache = @Cached(
            key = "nothing")) // CLEW042
    String d(String path) {
        return null;
    }

    static void nothing(String path) {}

    @Task(cache = @Cached(
            key = "hidden")) // CLEW042
    String e(String path) {
        return null;
    }

    private static String hidden(String path) {
        return path;
    }
}
