package dev.clew.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.Write;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
final class MemoryCheckpointerTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Checkpointer checkpointer = Checkpointer.inMemory();

    /** Everything of it: the strings, rows and bytes that the engine made, too. */
    @Test
    void parkedThreadOfThreeStepsTakesAboutAKilobyte() {
        int threads = 20_000;
        park(1_000, "warm");
        long before = usedHeap();

        park(threads, "essay");

        assertThat((usedHeap() - before) / threads).isLessThan(1_250);
        assertThat(checkpointer.thread("essay-0")).isPresent();
    }

    private void park(int threads, String name) {
        for (int i = 0; i < threads; i++) {
            String runId = UUID.randomUUID().toString();
            Claim claim = checkpointer
                    .claim(new ClaimRequest(name + "-" + i, "Essay.write", "owner", 0, LEASE, false), Rows.open(runId))
                    .orElseThrow();
            for (int seq = 0; seq < 3; seq++) {
                checkpointer.write(claim, Rows.log(runId, seq, "a small entry of 32 bytes or so"), false);
            }
            List<LogRecord> question = Rows.log(runId, 3, "a question of some 40 bytes, perhaps").log();
            Head pause = Rows.head(ThreadStatus.INTERRUPTED, runId);
            RunRecord run = Rows.run(runId).with(ThreadStatus.INTERRUPTED, null);
            checkpointer.write(claim, new Write(runId, question, run, List.of(), pause, true), true);
        }
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
