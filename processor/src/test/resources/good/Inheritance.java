package com.acme;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import java.util.List;

public class Inheritance {
    public abstract static class Base<T> {
        @Task
        public T load(T key, List<T> all) {
            return key;
        }

        @Task(name = "keep")
        protected String store(String text, Run run) {
            return text;
        }

        @Task
        String replaced(String text) {
            return text;
        }
    }

    public abstract static class Middle<M> extends Base<List<M>> {}

    public record Point(int x, int y) {
        @Entrypoint
        int sum(Inheritance_PointTasks tasks) {
            return x + y;
        }
    }

    public interface Home {
        class Flow extends Middle<Integer> {
            @Entrypoint
            String go(String input, Inheritance_Home_FlowTasks tasks) {
                tasks.load(List.of(1), List.of()).join();
                tasks.store(input).join();
                return tasks.replaced(input).join();
            }

            @Override
            @Task(name = "better")
            String replaced(String text) {
                return text + "!";
            }
        }
    }
}
