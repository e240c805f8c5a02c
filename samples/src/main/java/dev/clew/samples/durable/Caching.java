package dev.clew.samples.durable;

import dev.clew.annotations.Cached;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.task.TaskFuture;
import java.util.List;

/**
 * An expensive task whose result other runs may use too, for an hour, in this process and in others that open the same
 * database. A run's own log remembers its steps in any case; the cache is for what several runs have in common.
 */
public class Caching {
    @Task(cache = @Cached(ttl = "PT1H"))
    int translationCost(String language) throws InterruptedException {
        System.out.println("  working it out for " + language);
        Thread.sleep(100);
        return 20 * language.length();
    }

    @Entrypoint
    int quote(List<String> languages, CachingTasks tasks) {
        List<Integer> costs =
                TaskFuture.allOf(languages.stream().map(tasks::translationCost).toList());
        return costs.stream().mapToInt(Integer::intValue).sum();
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = CachingGraph.builder(new Caching())
                        .checkpointer(db.checkpointer())
                        .cache(db.cache())
                        .build()) {
            for (var customer : List.of("ann", "bob")) {
                var quote = graph.quote().invoke(List.of("French", "Greek"), RunConfig.once("caching-" + customer));
                System.out.println(customer + " pays " + quote.value());
            }
            graph.quote().state("caching-bob").steps().stream()
                    .filter(step -> step.cached())
                    .forEach(step -> System.out.println("  from the cache: " + step.path()));
        }
    }
}
