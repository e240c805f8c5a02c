package dev.clew.benchmarks;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The limit: rows as large as an entry of our log. In order, each is a commit; of many callers, one connection commits what waits
 * as one statement; a fan-out is a hundred rows to a commit; a queued run is three rows, one after the other.
 */
final class RawOnPostgres implements Contender {
    private static final int CALLERS = 8;
    private static final byte[] ROW = new byte[DurableSteps.ROW];
    private static final byte[] END = new byte[0];

    private record Waiting(byte[] row, CompletableFuture<Boolean> durable) {}

    private final Connection connection;
    private final PreparedStatement one;
    private final PreparedStatement many;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final RawJson json = new RawJson();
    private final Thread writer = new Thread(this::write, "raw-writer");
    private int paused;

    RawOnPostgres(Server server) {
        server.execute("CREATE SCHEMA raw; CREATE TABLE raw.log (place bigserial PRIMARY KEY, entry bytea NOT NULL)");
        try {
            connection = server.dataSource().getConnection();
            one = connection.prepareStatement("INSERT INTO raw.log (entry) VALUES (?)");
            many = connection.prepareStatement("INSERT INTO raw.log (entry) SELECT * FROM unnest(?)");
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
        writer.start();
    }

    @Override
    public String title() {
        return "raw SQL";
    }

    @Override
    public void sequence(int steps) {
        try {
            for (int i = 0; i < steps; i++) {
                one.setBytes(1, ROW);
                one.executeUpdate();
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Override
    public void sequences(int callers, int steps) {
        Callers.each(callers, callers, i -> insert(steps));
    }

    private void insert(int rows) {
        for (int i = 0; i < rows; i++) {
            CompletableFuture<Boolean> durable = new CompletableFuture<>();
            queue.add(new Waiting(ROW, durable));
            durable.join();
        }
    }

    private void write() {
        try {
            List<Waiting> group = new ArrayList<>();
            while (group.stream().noneMatch(waiting -> waiting.row() == END)) {
                group.forEach(waiting -> waiting.durable().complete(true));
                group.clear();
                group.add(queue.take());
                queue.drainTo(group);
                insertAtOnce(group.size());
            }
            group.forEach(waiting -> waiting.durable().complete(true));
        } catch (InterruptedException unwanted) {
            throw new IllegalStateException(unwanted);
        }
    }

    private void insertAtOnce(int rows) {
        byte[][] all = new byte[rows][];
        java.util.Arrays.fill(all, ROW);
        try {
            Array array = connection.createArrayOf("bytea", all);
            many.setArray(1, array);
            many.executeUpdate();
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Override
    public void fanOut(int steps) {
        for (int i = 0; i < steps; i += 100) {
            insertAtOnce(Math.min(100, steps - i));
        }
    }

    @Override
    public void pause(int steps) {
        insertAtOnce(steps);
        paused = steps;
        for (int i = 0; i < steps; i++) {
            json.write(i);
        }
    }

    @Override
    public void replay() {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT entry FROM raw.log ORDER BY place DESC LIMIT " + paused)) {
            int read = 0;
            while (rows.next()) {
                read += rows.getBytes(1).length > 0 ? json.read(read % paused) & 1 : 0;
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Override
    public void queued(int runs) {
        Callers.each(CALLERS, runs, i -> insert(3));
    }

    @Override
    public void close() {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        queue.add(new Waiting(END, ended));
        ended.join();
        try {
            connection.close();
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
