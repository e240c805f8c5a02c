package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.torture.Child;
import dev.clew.flow.Durability;
import dev.clew.graph.CompiledGraph;
import dev.clew.sqlite.ReportingProcess.Report;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs in processes that are killed at any moment, and continue in others. */
@Timeout(120)
final class KilledGraphTest {
    private static final int LIVES = 3;

    @TempDir
    Path folder;

    /** How often each execution had run when its outcome was found recorded. */
    private final Map<String, Integer> recorded = new HashMap<>();

    @ParameterizedTest
    @EnumSource
    void runNoNodeAgainWhoseOutcomeIsRecordedAndEndAsIfUndisturbed(Durability durability) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int life = 0; life < LIVES; life++) {
            try (Child child = Child.start(ReportingProcess.class, folder.toString(), durability.name())) {
                String line = "";
                for (int lines = 1 + random.nextInt(15); lines > 0 && line != null; lines--) {
                    line = child.line();
                }
                LockSupport.parkNanos(random.nextInt(4_000_000));
                child.kill();
            }
            compareWithRecorded(seed);
        }

        try (Child last = Child.start(ReportingProcess.class, folder.toString(), durability.name())) {
            List<String> lines = last.rest();
            assertThat(lines.get(lines.size() - 1)).as("seed %d", seed).isEqualTo("value " + undisturbed());
        }
        compareWithRecorded(seed);
    }

    private static Report undisturbed() {
        try (CompiledGraph<String, Report, Report> graph =
                ReportingProcess.open(Checkpointer.inMemory(), execution -> {})) {
            return ReportingProcess.toTheEnd(graph, Durability.SYNC);
        }
    }

    private void compareWithRecorded(long seed) throws Exception {
        Path file = folder.resolve("effects");
        List<String> effects = Files.exists(file) ? Files.readAllLines(file) : List.of();
        recorded.forEach((execution, times) -> assertThat(Collections.frequency(effects, execution))
                .as("seed %d: how often %s has run, after it was recorded", seed, execution)
                .isEqualTo(times));
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                CompiledGraph<String, Report, Report> graph =
                        ReportingProcess.open(db.checkpointer(), execution -> {})) {
            ThreadState<Report> state = graph.workflow().state(ReportingProcess.THREAD);
            for (StepState step : state.steps()) {
                String execution = state.runId() + "/" + step.path();
                if (step.status() == StepState.Status.SUCCEEDED && effects.contains(execution)) {
                    recorded.put(execution, Collections.frequency(effects, execution));
                }
            }
        }
    }
}
