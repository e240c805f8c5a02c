package dev.clew.samples.durable;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.flow.TaskContext;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A task may act and die, or lose the connection, before anybody knows that it acted; then it runs again. The step's id
 * is the same each time, so the other side can tell that it has done this before.
 */
public class Idempotent {
    public record Receipt(String number, int euros) {}

    /** The world outside: it charges a card, and knows what it has been asked before by its key. */
    static class Bank {
        private final Map<String, Receipt> done = new HashMap<>();
        private int calls;

        synchronized Receipt charge(String key, int euros) throws IOException {
            Receipt known = done.get(key);
            System.out.println(known == null ? "bank: charged " + euros + " euros" : "bank: that is done already");
            Receipt receipt = done.computeIfAbsent(key, k -> new Receipt("N-" + (done.size() + 1), euros));
            if (++calls == 1) {
                throw new IOException("the line went dead before the receipt came");
            }
            return receipt;
        }
    }

    private final Bank bank;

    Idempotent(Bank bank) {
        this.bank = bank;
    }

    @Task(retry = @Retry(maxAttempts = 3, initialInterval = "PT0.05S"))
    Receipt charge(int euros, TaskContext task) throws IOException {
        return bank.charge(task.stepId(), euros);
    }

    @Entrypoint
    Receipt buy(Integer euros, IdempotentTasks tasks) {
        return tasks.charge(euros).join();
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = IdempotentGraph.builder(new Idempotent(new Bank()))
                        .checkpointer(db.checkpointer())
                        .build()) {
            Receipt receipt =
                    graph.buy().invoke(30, RunConfig.once("idempotent")).value();
            System.out.println("receipt " + receipt.number() + " for " + receipt.euros() + " euros");
        }
    }
}
