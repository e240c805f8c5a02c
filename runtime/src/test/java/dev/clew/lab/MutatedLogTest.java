package dev.clew.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Durability;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.ThreadStatus;
import dev.clew.engine.log.EntryFormat;
import dev.clew.flow.Command;
import dev.clew.flow.InterruptKey;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.ThreadState;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.ClewException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Logs whose entries are damaged, or made up by somebody who knows the format: they are read as something, or refused with an
 * exception of ours, and soon. The checksum is mended, else it would be all that was ever looked at.
 */
@Timeout(600)
final class MutatedLogTest {
    private static final int CASES = Integer.getInteger("clew.mutations.log", 150);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final RunConfig T = RunConfig.thread("t");
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    private final List<LogRecord> sound = new ArrayList<>();
    private volatile List<LogRecord> shown = sound;

    /** Of every kind of entry at least one, before the question and after it. */
    private static String everything(String input, Lab.Calls calls, Run run) {
        boolean patched = run.patched("p");
        String failed;
        try {
            failed = calls.task("fails", input, s -> {
                        throw new IOException("no");
                    })
                    .join();
        } catch (TaskFailedException known) {
            failed = "failed";
        }
        String inside = calls.scope(
                        "inside",
                        failed,
                        (s, c, r) -> c.task("leaf", s, x -> x + "!").join())
                .join();
        TaskFuture<String> never = calls.task("never", input, s -> {
            Thread.sleep(10_000);
            return s;
        });
        boolean cancelled = never.cancel();
        run.sleep(Duration.ofMillis(1));
        String answer = run.interrupt(NAME, inside);
        return calls.task("last", answer, s -> s + patched + cancelled).join();
    }

    private Lab lab(Checkpointer store) {
        return new Lab(store, Durability.SYNC)
                .options(graph -> graph.closeTimeout(Duration.ofSeconds(1)).parkAfter(Duration.ZERO))
                .body(MutatedLogTest::everything);
    }

    /** A store of one paused run, whose log is what is shown. */
    private Checkpointer prepared() {
        Checkpointer store = Checkpointer.inMemory();
        sound.clear();
        try (Lab lab = lab(store)) {
            lab.workflow().invoke("x", T);
            store.scan("t", lab.workflow().state(T).runId(), 0, sound::add);
        }
        return new ForwardingCheckpointer(store) {
            @Override
            public void scan(String threadId, String runId, long fromSeq, Consumer<LogRecord> consumer) {
                shown.stream().filter(each -> each.seq() >= fromSeq).forEach(consumer);
            }
        };
    }

    private static byte[] mutated(byte[] entry, List<LogRecord> others, Random random) {
        byte[] content = Arrays.copyOf(entry, entry.length - 4);
        int at = random.nextInt(content.length);
        switch (random.nextInt(6)) {
            case 0 -> content[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> content[at] = (byte) random.nextInt(256);
            case 2 -> content[0] = (byte) random.nextInt(18);
            case 3 -> content = Arrays.copyOf(content, 1 + at);
            case 4 -> Arrays.fill(content, at, Math.min(content.length, at + 1 + random.nextInt(8)), (byte) 0xff);
            default -> {
                byte[] other = others.get(random.nextInt(others.size())).bytes();
                int length = Math.min(content.length - at, random.nextInt(other.length - 4));
                System.arraycopy(other, 0, content, at, Math.max(0, length));
            }
        }
        CRC32C crc = new CRC32C();
        crc.update(content);
        byte[] whole = Arrays.copyOf(content, content.length + 4);
        for (int i = 0; i < 4; i++) {
            whole[content.length + i] = (byte) (crc.getValue() >>> (8 * i));
        }
        return whole;
    }

    private List<LogRecord> mutated(Random random) {
        List<LogRecord> log = new ArrayList<>(sound);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int which = random.nextInt(log.size());
            LogRecord old = log.get(which);
            byte[] bytes = random.nextInt(8) == 0
                    ? log.get(random.nextInt(log.size())).bytes()
                    : mutated(old.bytes(), sound, random);
            log.set(which, new LogRecord(old.seq(), bytes));
        }
        return log;
    }

    @Test
    void anEntryIsReadOrRefused() {
        prepared();
        long seed = Long.getLong("clew.mutations.seed", 1);
        int refused = 0;
        for (int i = 0; i < 50 * CASES; i++) {
            Random random = new Random(seed + i);
            byte[] bytes = mutated(sound.get(random.nextInt(sound.size())).bytes(), sound, random);
            try {
                EntryFormat.read(bytes, "entry");
            } catch (ClewException clear) {
                refused++;
            } catch (RuntimeException | Error other) {
                throw new AssertionError("seed " + (seed + i), other);
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aRunOfSuchALogIsShownAndGoesOnOrIsRefused() {
        long seed = Long.getLong("clew.mutations.seed", 1);
        for (int i = 0; i < CASES; i++) {
            long own = seed + i;
            assertTimeoutPreemptively(LONG_ENOUGH, () -> use(new Random(own), own), () -> "seed " + own);
        }
    }

    private void use(Random random, long seed) {
        shown = sound;
        Checkpointer store = prepared();
        shown = mutated(random);
        try (Lab lab = lab(store)) {
            for (Runnable use : List.<Runnable>of(
                    () -> look(lab.workflow().state(T)),
                    () -> goOn(lab, store, Command.proceed()),
                    () -> goOn(lab, store, Command.resume("Ann")),
                    () -> look(lab.workflow().state(T)))) {
                try {
                    use.run();
                } catch (ClewException clear) {
                    // refused
                } catch (RuntimeException | Error other) {
                    throw new AssertionError("seed " + seed, other);
                }
            }
        }
    }

    /** Until it rests, or sleeps to a moment that the damage made up, perhaps for centuries. */
    private static void goOn(Lab lab, Checkpointer store, Command command) {
        CompletableFuture<?> result = lab.workflow().invokeAsync(command, T);
        Eventually.until(
                () -> result.isDone() || store.thread("t").orElseThrow().head().status() == ThreadStatus.SLEEPING);
        try {
            result.getNow(null);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private static void look(ThreadState<String> state) {
        state.pending().forEach(question -> question.value());
        assertThat(state.diagram()).isNotEmpty();
        assertThat(state.steps()).isNotNull();
    }
}
