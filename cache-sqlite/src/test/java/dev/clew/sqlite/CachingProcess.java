package dev.clew.sqlite;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.task.CachePolicy;
import java.nio.file.Path;

/** Runs a cached task and prints its result and how often it ran; then waits to be killed. */
final class CachingProcess {
    private CachingProcess() {}

    public static void main(String[] arguments) throws Exception {
        Sqlite db = Sqlite.open(Path.of(arguments[0]));
        Lab lab = new Lab(null, Durability.ASYNC).options(graph -> graph.cache(db.cache()));
        lab.body((input, calls, run) -> calls.task(
                        "shout", task -> task.cache(CachePolicy.of("1")), input, s -> s + arguments[1])
                .join());
        String value = lab.workflow().invoke("hi", RunConfig.thread("t")).value();
        System.out.println(value + " " + lab.ran("shout"));
        System.in.read();
    }
}
