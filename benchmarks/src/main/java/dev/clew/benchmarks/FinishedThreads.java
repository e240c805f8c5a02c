package dev.clew.benchmarks;

/** Fills the tables of a schema with threads whose runs are over, by plain statements: a million in minutes. */
final class FinishedThreads {
    private FinishedThreads() {}

    static void fill(Server server, String schema, int threads) {
        String each = " FROM generate_series(1, " + threads + ") i";
        server.execute("INSERT INTO " + schema
                + ".thread (id, workflow, status, run_id, checkpoint_id, stalls, runs, last_run,"
                + " epoch, cancel, created_at, updated_at)"
                + " SELECT 'old-' || md5(i::text), 'start', 'IDLE', 'r', '00000000-0000-7000-8000-' || lpad(i::text, 12, '0'), 0, 1, 1,"
                + " 1000000 + i, false, i, i" + each);
        server.execute(
                "INSERT INTO " + schema + ".run (thread_id, id, no, number, input_checkpoint, output_checkpoint, seed,"
                        + " started_at, status)"
                        + " SELECT 'old-' || md5(i::text), 'r', 1, 1, 'c1', 'c2', i, i, 'IDLE'" + each);
        server.execute("INSERT INTO " + schema
                + ".checkpoint (thread_id, id, run_id, source, step, created_at, metadata, content)"
                + " SELECT 'old-' || md5(i::text), 'c1', 'r', 'INPUT', -1, i, '{}', convert_to(repeat('x', 200), 'UTF8')"
                + each);
    }
}
