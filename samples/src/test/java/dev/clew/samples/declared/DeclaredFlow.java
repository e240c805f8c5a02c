package dev.clew.samples.declared;

import dev.clew.annotations.Context;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Previous;
import dev.clew.annotations.Task;
import dev.clew.flow.Final;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Entrypoints of every shape. */
public class DeclaredFlow {
    /** A dependency of runs. */
    public record Region(String name) {}

    public static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, Boolean.class);

    final CountDownLatch seen = new CountDownLatch(1);

    @Task
    String shout(String text) {
        return text.toUpperCase(java.util.Locale.ROOT);
    }

    @Task
    String hold(String text) throws InterruptedException {
        seen.await();
        return text;
    }

    @Task
    List<String> both(String left, String right, DeclaredFlowTasks tasks) {
        return List.of(tasks.shout(left).join(), tasks.shout(right).join());
    }

    @Entrypoint
    String plain(String text, DeclaredFlowTasks tasks) {
        return tasks.shout(text).join();
    }

    @Entrypoint
    Final<Integer, List<String>> remember(
            @Context Region region, @Previous List<String> words, Run run, String word, DeclaredFlowTasks tasks) {
        List<String> all = new ArrayList<>(words == null ? List.of() : words);
        all.add(tasks.shout(word).join() + " of " + region.name() + " in " + run.threadId());
        return Final.of(all.size(), all);
    }

    @Entrypoint
    String eager(String text, DeclaredFlowTasks tasks) {
        String first = tasks.shout(text).join();
        return tasks.hold(first).join();
    }

    @Entrypoint
    void nothing(String text) {}

    @Entrypoint
    String texts(String text) {
        return "text";
    }

    @Entrypoint
    String numbers(Integer number) {
        return "number";
    }

    @Entrypoint
    String lists(List<String> list) {
        return "list";
    }

    @Entrypoint
    String maps(Map<String, String> map) {
        return "map";
    }
}
