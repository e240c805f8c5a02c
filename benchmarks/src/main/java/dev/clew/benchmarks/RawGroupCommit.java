package dev.clew.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** The limit of durable work by many callers: one thread that commits all rows that wait, and wakes their callers. */
final class RawGroupCommit implements AutoCloseable {
    private record Waiting(byte[] row, CompletableFuture<Boolean> durable) {}

    private static final byte[] END = new byte[0];

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final RawSqlite db = RawSqlite.open();
    private final Thread writer = new Thread(this::write, "raw-writer");

    RawGroupCommit() {
        writer.start();
    }

    /** Returns when the row is durable. */
    void insert(byte[] row) {
        CompletableFuture<Boolean> durable = new CompletableFuture<>();
        queue.add(new Waiting(row, durable));
        durable.join();
    }

    private void write() {
        try {
            List<Waiting> group = new ArrayList<>();
            while (true) {
                group.add(queue.take());
                queue.drainTo(group);
                boolean last = false;
                for (Waiting waiting : group) {
                    last |= waiting.row() == END;
                    db.insert(waiting.row());
                }
                db.commit();
                group.forEach(waiting -> waiting.durable().complete(true));
                group.clear();
                if (last) {
                    return;
                }
            }
        } catch (InterruptedException unwanted) {
            throw new IllegalStateException(unwanted);
        }
    }

    @Override
    public void close() {
        insert(END);
        try {
            writer.join();
        } catch (InterruptedException unwanted) {
            throw new IllegalStateException(unwanted);
        }
        db.close();
    }
}
