package dev.clew.postgres;

import dev.clew.LabGraph;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.TortureJournal;
import dev.clew.contracts.torture.TortureJournal.Kind;
import dev.clew.contracts.torture.TortureRound;
import dev.clew.contracts.torture.TorturedProgram;
import dev.clew.queue.Worker;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One of several processes that take the runs of a queue, until it is killed. */
final class TortureWorker {
    static final Duration LEASE = Duration.ofSeconds(3);
    static final String QUEUE = "torture";
    private static final int AT_ONCE = 16;
    private static final int LONGEST_STEP_MILLIS = 6;

    private TortureWorker() {}

    /** Tells the journal, and takes some time. */
    private record Telling(TortureJournal journal) implements TorturedProgram.Witness {
        @Override
        public String lives(String threadId) {
            String life = token();
            journal.note(Kind.BODY, life, threadId);
            return life;
        }

        @Override
        public String began(String life, String stepId) {
            journal.note(Kind.BEGAN, life, stepId);
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(LONGEST_STEP_MILLIS)));
            return token();
        }

        @Override
        public void saw(String life, String stepId, String token) {
            journal.note(Kind.SAW, life, stepId, token);
        }

        @Override
        public void told(String threadId, String question, String answer) {
            journal.note(Kind.TOLD, threadId, question, answer);
        }
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }

    /** A server that is just away comes back. */
    static Postgres connect(String url, int connections) throws InterruptedException {
        while (true) {
            try {
                return Postgres.connect(
                        url, "postgres", "", PostgresOptions.defaults().connections(connections));
            } catch (CheckpointException away) {
                Thread.sleep(200);
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        TortureRound round = TortureRound.of(arguments);
        String url = arguments[6];
        int connections = Integer.parseInt(arguments[7]);
        Worker worker = Worker.of(QUEUE).concurrency(AT_ONCE).pollEvery(Duration.ofMillis(100));
        try (Postgres db = connect(url, connections);
                Lab lab = new Lab(db.checkpointer(), round.durability())
                        .options(graph ->
                                LabGraph.lease(graph, LEASE).worker(worker).parkAfter(Duration.ZERO))
                        .body(TorturedProgram.body(new Telling(new TortureJournal(round.folder()))))) {
            lab.workflow();
            endWithParent();
        } catch (CheckpointException cut) {
            // The server went away while the graph was built: another process takes this one's place.
            Runtime.getRuntime().halt(3);
        }
    }

    /** Ends in good order when the parent says so; at once if it is gone. */
    private static void endWithParent() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
