package com.acme;

import dev.clew.annotations.Context;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;

/** Names that could clash with those in generated code. */
public class Names {
    /** Nested: the generated types are called after both. */
    public static class Tasks {
        @Entrypoint
        String steps(String flow, Names_TasksTasks tasks) {
            return tasks.scope(flow, "").join();
        }

        @Task
        String scope(String scope, String steps) {
            return scope;
        }
    }

    /** Not public: neither is what is generated. */
    static class Graph {
        public interface Flow {}

        record Wiring(String text) {}

        @Task
        Wiring flow(Wiring call, @Context Flow flow) {
            return call;
        }

        @Task
        String call(String args, @Context Names.Steps steps) {
            return args;
        }

        @Task
        String scope(String scope) {
            return scope;
        }

        @Entrypoint
        Wiring wiring(Wiring wiring, Names_GraphTasks tasks) {
            return tasks.flow(wiring).join();
        }

        @Entrypoint
        String steps(String wiring) {
            return wiring;
        }
    }

    public static class Steps {
        @Entrypoint(formerly = {"Names.Old.größe", "Names.Steps.size"}, name = "stays */ in {@code its} <comment> \\u002a/ $T %s \"")
        String größe(String straße, Names_StepsTasks tasks) {
            return tasks.$dollar$(straße, 1).join();
        }

        @Task(formerly = "$T $old$", timeout = "PT1S")
        String $dollar$(String $, int record) {
            return $;
        }

        @Task
        String record(String yield, String var, String sealed) {
            return var;
        }
    }
}
