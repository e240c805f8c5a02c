package dev.clew.postgres;

import dev.clew.LabGraph;
import dev.clew.checkpoint.CheckpointException;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.queue.Worker;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A process of one version of Clew that takes the runs of a queue and enqueues some itself. It is compiled twice: with the others
 * of these tests, and for {@code before.jar} of their resources, which has an older Clew. So it calls only what both have.
 */
final class VersionedWorker {
    static final String QUEUE = "both";
    private static final Duration LEASE = Duration.ofSeconds(3);

    private VersionedWorker() {}

    /** Each task of a run adds the version that executed it. Between them no process owns the run, so any may take it. */
    static Lab lab(Postgres db, String version) {
        return new Lab(db.checkpointer(), Durability.SYNC)
                .options(graph -> LabGraph.lease(graph, LEASE)
                        .worker(Worker.of(QUEUE).concurrency(4).pollEvery(Duration.ofMillis(50)))
                        .parkAfter(Duration.ZERO))
                .body((input, calls, run) -> {
                    String first =
                            calls.task("first", input, in -> in + " " + version).join();
                    run.sleep(Duration.ofMillis(20));
                    Object answer = input.startsWith("ask") ? run.interrupt("go on?") : "";
                    return calls.task("second", first, in -> in + " " + version).join() + answer;
                });
    }

    /** Every fourth run asks. */
    static String input(int number) {
        return (number % 4 == 0 ? "ask " : "run ") + number;
    }

    /** URL, schema, name of the version, and how many runs it enqueues. */
    public static void main(String[] arguments) throws IOException {
        try (Postgres db = Postgres.connect(
                        arguments[0],
                        "postgres",
                        "",
                        PostgresOptions.defaults().schema(arguments[1]).connections(4));
                Lab lab = lab(db, arguments[2])) {
            var workflow = lab.workflow();
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                String name = arguments[2] + "-" + i;
                workflow.enqueue(input(i), RunConfig.once(name).queue(QUEUE));
            }
            System.out.println("enqueued");
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (CheckpointException refused) {
            System.out.println(refused.getMessage());
        }
    }
}
