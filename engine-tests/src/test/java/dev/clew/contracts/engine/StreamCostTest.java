package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunStream;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskSpec;
import dev.clew.stream.StreamMode;
import dev.clew.value.TypeRef;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What events cost where nobody wants them: nothing is built. */
final class StreamCostTest {
    private static final RunConfig T = RunConfig.thread("t");
    private static final int EMITS = 100_000;

    private static final AtomicInteger MADE = new AtomicInteger();

    /** Counts its copies: the codec makes one for each attempt, and one for each event that shows it. */
    public record Noticed(String text) {
        public Noticed {
            MADE.incrementAndGet();
        }
    }

    private static final TaskSpec.Builder<Noticed> COPIES = TaskSpec.of("copies", TypeRef.of(Noticed.class))
            .method("Lab", "copies(Noticed)")
            .parameter("argument", TypeRef.of(Noticed.class));

    private static Lab copying() {
        return new Lab(Checkpointer.inMemory(), Durability.SYNC).body((input, calls, run) -> {
            calls.raw().call(COPIES.leaf(call -> call.arg(0)), new Noticed(input));
            return String.valueOf(run.interrupt("go on?"));
        });
    }

    @Test
    void argumentsAreDecodedForEventsOnlyWhereSomebodyWantsThem() {
        int unwatched = copiesOnReplay(null);

        assertThat(copiesOnReplay(StreamMode.CUSTOM)).isEqualTo(unwatched);
        // The argument, which tells how the step began; what it gave is decoded once, for the body and whoever watches.
        assertThat(copiesOnReplay(StreamMode.TASKS)).isEqualTo(unwatched + 1);
        assertThat(copiesOnReplay(StreamMode.UPDATES)).isEqualTo(unwatched);
    }

    /** How many copies a resumed run makes of what it only repeats. */
    private static int copiesOnReplay(StreamMode mode) {
        try (Lab lab = copying()) {
            lab.workflow().invoke("x", T);
            MADE.set(0);
            if (mode == null) {
                lab.workflow().invoke(Command.resume(1), T);
            } else {
                try (RunStream<String> stream = lab.workflow().stream(Command.resume(1), T, mode)) {
                    stream.forEach(event -> {});
                }
            }
            return MADE.get();
        }
    }

    @Test
    void emittingAllocatesNothingWhereNobodyListens() {
        assertThat(bytesOfEmitting(null)).isLessThan(EMITS);
        assertThat(bytesOfEmitting(StreamMode.VALUES)).isLessThan(EMITS);
        assertThat(bytesOfEmitting(StreamMode.CUSTOM)).isGreaterThan(EMITS);
    }

    /** What the thread of a body allocates while it says so much; the limits are less, and more, than a byte for each. */
    private static long bytesOfEmitting(StreamMode mode) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        AtomicLong bytes = new AtomicLong();
        Lab.Body body = (input, calls, run) -> {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < EMITS; i++) {
                run.emit("value");
                run.emitToken("token");
            }
            bytes.set(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
            return input;
        };
        // Platform threads: what a virtual one allocates is counted for whoever carries it.
        java.util.concurrent.ExecutorService executor = java.util.concurrent.Executors.newCachedThreadPool();
        try (Lab lab = new Lab(Checkpointer.inMemory(), Durability.ASYNC)
                .options(graph -> graph.executor(executor))
                .body(body)) {
            if (mode == null) {
                lab.workflow().invoke("x", T);
            } else {
                try (RunStream<String> stream = lab.workflow().stream("x", T, mode)) {
                    stream.forEach(event -> {});
                }
            }
            return bytes.get();
        } finally {
            executor.shutdown();
        }
    }
}
