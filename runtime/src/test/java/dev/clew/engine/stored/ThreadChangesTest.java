package dev.clew.engine.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.engine.world.Waiting;
import dev.clew.flow.ThreadBusyException;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One loop changes threads. Its decisions write a number into the thread's head, where a lost or doubled one shows. */
final class ThreadChangesTest {
    private static final String THREAD = "t";

    private final Checkpointer store = Checkpointer.inMemory();
    private final Pauses pauses = new Pauses();
    private final ThreadChanges changes = new ThreadChanges(store, pauses);

    /** Waits for nothing, and remembers how long it was to wait. */
    private static final class Pauses extends Waiting {
        final List<Duration> asked = new ArrayList<>();
        boolean interrupts;

        @Override
        public boolean join(CompletableFuture<?> end, Duration atMost) throws InterruptedException {
            asked.add(atMost);
            if (interrupts) {
                throw new InterruptedException();
            }
            return false;
        }
    }

    /** Writes a number into the thread under the row that was read; empty if the row changed. */
    private static Optional<Integer> write(Checkpointer store, Optional<ThreadRecord> read, int number) {
        Head head = new Head(ThreadStatus.IDLE, null, "", null, number);
        Write write = new Write(null, List.of(), null, List.of(), head, true);
        long epoch = read.map(ThreadRecord::epoch).orElse(0L);
        ClaimRequest request = new ClaimRequest(THREAD, "flow", "me", epoch, Duration.ofSeconds(30), false);
        Optional<Claim> claim = store.claim(request, write);
        return claim.map(made -> number);
    }

    private static int number(Optional<ThreadRecord> read) {
        return read.map(thread -> thread.head().stalls()).orElse(0);
    }

    private int stored() {
        return number(store.thread(THREAD));
    }

    /** Another caller adds one to the thread between the reading and the writing. */
    private void interfere() {
        assertThat(write(store, store.thread(THREAD), stored() + 1)).isPresent();
    }

    @Test
    void changesOnceOnTheNewestRowHoweverOftenTheThreadChangedBefore() {
        Random random = new Random(42);
        for (int round = 0; round < 500; round++) {
            int conflicts = random.nextInt(ThreadChanges.LIMIT);
            int before = stored();
            List<Integer> seen = new ArrayList<>();

            int made = changes.changeThread(THREAD, "a test", null, read -> {
                seen.add(number(read));
                if (seen.size() <= conflicts) {
                    interfere();
                }
                return write(store, read, number(read) + 1_000);
            });

            assertThat(seen).hasSize(conflicts + 1).isSorted().startsWith(before);
            assertThat(made).isEqualTo(before + conflicts + 1_000);
            assertThat(stored()).isEqualTo(made);
        }
    }

    @Test
    void readsAgainIfTheDecisionAsksForItWithoutHavingWritten() {
        List<Integer> decided = new ArrayList<>();

        String made = changes.changeThread(THREAD, "a test", null, read -> {
            decided.add(number(read));
            return Optional.of("made").filter(now -> decided.size() == 3);
        });

        assertThat(made).isEqualTo("made");
        assertThat(decided).hasSize(3);
        assertThat(store.thread(THREAD)).isEmpty();
    }

    @Test
    void failsWithoutAWriteOnceTheThreadHasChangedTooOften() {
        List<Integer> seen = new ArrayList<>();

        assertThatThrownBy(() -> changes.changeThread(THREAD, "a cancellation", null, read -> {
                    seen.add(number(read));
                    interfere();
                    return write(store, read, 1_000);
                }))
                .isInstanceOf(ThreadBusyException.class)
                .hasMessageContaining("thread 't' is busy")
                .hasMessageContaining("each of the 100 times that it was read for a cancellation");

        assertThat(seen).hasSize(ThreadChanges.LIMIT);
        assertThat(stored()).isEqualTo(ThreadChanges.LIMIT);
    }

    @Test
    void passesOnWhatADecisionThrows() {
        assertThatThrownBy(() -> changes.changeThread(THREAD, "a test", null, read -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
    }

    @Test
    void pausesLongerAfterEachConflictButTheFirstEight() {
        failsWithoutAWriteOnceTheThreadHasChangedTooOften();

        assertThat(pauses.asked).hasSize(ThreadChanges.LIMIT - 9).isSorted();
        assertThat(pauses.asked.get(0)).isEqualTo(Duration.ofMillis(1));
        assertThat(pauses.asked).endsWith(Duration.ofMillis(50));
        assertThat(pauses.asked.stream().mapToLong(Duration::toMillis).sum()).isLessThan(5_000);
    }

    @Test
    void interruptedCallerTriesOnAndStaysInterrupted() {
        pauses.interrupts = true;

        failsWithoutAWriteOnceTheThreadHasChangedTooOften();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void losesNoChangeOfManyThreads() throws Exception {
        int callers = 8;
        int each = 200;
        ExecutorService executor = Executors.newFixedThreadPool(callers);
        try {
            ThreadChanges real = new ThreadChanges(store, Waiting.real());
            Callable<Void> caller = () -> {
                for (int i = 0; i < each; i++) {
                    int unused =
                            real.changeThread(THREAD, "a test", null, read -> write(store, read, number(read) + 1));
                }
                return null;
            };
            List<Future<Void>> ends = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                ends.add(executor.submit(caller));
            }
            for (Future<Void> end : ends) {
                end.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(stored()).isEqualTo(callers * each);
    }
}
