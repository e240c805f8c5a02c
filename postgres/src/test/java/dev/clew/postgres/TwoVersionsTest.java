package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.Child;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A process with the jars of an older Clew works on while this one brings its schema up to date, and both share a queue from then
 * on. {@code before.txt} beside {@code before.jar} says what the older one is.
 */
final class TwoVersionsTest {
    private static final int RUNS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Both tasks have been executed, by either version, and an answer is there if there was a question. */
    private static final String END = "run \\d+( before| after){2}|ask \\d+( before| after){2} yes";

    private final String url = TestServer.shared().url();
    private final String schema = TestServer.shared().freshSchema();

    private Child before(int runs) throws IOException, URISyntaxException {
        String libraries = Stream.of(Child.ourClassPath().split(File.pathSeparator))
                .filter(entry -> !isOurs(entry))
                .collect(Collectors.joining(File.pathSeparator));
        Path jar = Path.of(TwoVersionsTest.class.getResource("before.jar").toURI());
        return Child.startWith(
                jar + File.pathSeparator + libraries,
                VersionedWorker.class,
                url,
                schema,
                "before",
                Integer.toString(runs));
    }

    /** Whether an entry of the class path has classes of this Clew. */
    private static boolean isOurs(String entry) {
        return new File(entry).isDirectory() || new File(entry).getName().startsWith("clew-");
    }

    private long schemaVersion() throws Exception {
        return TestServer.shared().number("SELECT max(version) FROM " + schema + ".schema_version");
    }

    @Test
    void theOlderOneWorksOnBesideTheNewerOne() throws Exception {
        try (Child before = before(RUNS)) {
            assertThat(before.line()).isEqualTo("enqueued");
            assertThat(schemaVersion()).isLessThan(Migrations.VERSION);

            try (Postgres db = Postgres.of(
                            TestServer.shared().pool(),
                            PostgresOptions.defaults().schema(schema).connections(4));
                    Lab lab = VersionedWorker.lab(db, "after")) {
                assertThat(schemaVersion()).isEqualTo(Migrations.VERSION);
                Workflow<String, String> workflow = lab.workflow();

                List<String> ends = ends(workflow, "before-");
                // However quick one of them is, the other one gets its turn.
                Set<String> pairs = new HashSet<>();
                for (int wave = 0; pairs.size() < 4; wave++) {
                    List<String> more = ends(workflow, "after-" + wave + "-");
                    more.forEach(end -> pairs.add(end.split(" ")[2] + " " + end.split(" ")[3]));
                    ends.addAll(more);
                }
                assertThat(ends).allMatch(end -> end.matches(END));

                assertThat(refusal()).contains("made by a newer Clew");

                List<RunHandle<String>> left = enqueued(workflow, "left-");
                before.kill();
                for (RunHandle<String> handle : left) {
                    assertThat(end(workflow, handle)).matches(END);
                }
            }
        }
    }

    private static List<RunHandle<String>> enqueued(Workflow<String, String> workflow, String name) {
        return IntStream.range(0, RUNS)
                .mapToObj(i -> workflow.enqueue(
                        VersionedWorker.input(i), RunConfig.once(name + i).queue(VersionedWorker.QUEUE)))
                .toList();
    }

    /** What runs say in the end; those that are enqueued already are not enqueued again. */
    private static List<String> ends(Workflow<String, String> workflow, String name) {
        List<String> ends = new ArrayList<>();
        enqueued(workflow, name).forEach(handle -> ends.add(end(workflow, handle)));
        return ends;
    }

    private static String end(Workflow<String, String> workflow, RunHandle<String> handle) {
        RunResult<String> result = handle.result(PATIENCE);
        if (result instanceof RunResult.Interrupted<String> pause) {
            result = workflow.enqueue(
                            Command.resume(pause.pending().get(0).id(), " yes"), RunConfig.thread(handle.threadId()))
                    .result(PATIENCE);
        }
        return result.value();
    }

    /** What a process of the older version is told that comes too late. */
    private String refusal() throws Exception {
        try (Child late = before(0)) {
            return late.line();
        }
    }
}
