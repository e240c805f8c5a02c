package dev.clew.sqlite;

import dev.clew.checkpoint.Claim;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;

/** Appends to a log for ever, a few entries ahead of what it knows to be stored; prints what is stored. */
final class AppendingProcess {
    private static final int AHEAD = 5;

    private AppendingProcess() {}

    public static void main(String[] arguments) {
        boolean durable = Boolean.parseBoolean(arguments[1]);
        Sqlite db = Sqlite.open(Path.of(arguments[0]));
        Claim claim = Db.open(db, "essay-1");
        ArrayDeque<CompletionStage<Void>> waiting = new ArrayDeque<>();
        for (long seq = 0; ; seq++) {
            waiting.add(Db.append(db, claim, seq, durable));
            if (waiting.size() > AHEAD) {
                waiting.remove().toCompletableFuture().join();
                System.out.println(seq - AHEAD);
            }
        }
    }
}
