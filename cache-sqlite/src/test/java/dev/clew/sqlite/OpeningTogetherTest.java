package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes may start together on a file that none of them has opened before. */
class OpeningTogetherTest {
    private static final int OPENERS = 4;
    private static final int ROUNDS = 100;

    @TempDir
    private Path folder;

    /** Not by {@link Sqlite#open}, which lets the objects of one process open a file one after the other. */
    @Test
    void everyOpenerFindsOrMakesTheSchema() throws Exception {
        ExecutorService openers = Executors.newFixedThreadPool(OPENERS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Path file = Files.createFile(folder.resolve("threads-" + round + ".db"));
                CyclicBarrier together = new CyclicBarrier(OPENERS);
                Callable<Session> open = () -> {
                    Connections connections = Connections.to(file);
                    together.await();
                    return connections.migrated();
                };
                List<Session> sessions = new ArrayList<>();
                for (Future<Session> opened : openers.invokeAll(List.of(open, open, open, open))) {
                    sessions.add(opened.get());
                }
                for (Session session : sessions) {
                    assertThat(session.first("SELECT count(*) FROM thread", row -> row.getInt(1)))
                            .contains(0);
                    session.close();
                }
            }
        } finally {
            openers.shutdownNow();
        }
    }
}
