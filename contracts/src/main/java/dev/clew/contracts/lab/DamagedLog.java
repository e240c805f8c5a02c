package dev.clew.contracts.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.LogRecord;
import dev.clew.flow.Durability;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.ClewException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/** Paused runs whose logs are shown otherwise than they were written, and what one does with such runs. */
public final class DamagedLog {
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
                .body(DamagedLog::everything);
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

    /** What was written. */
    public List<LogRecord> written() {
        prepared();
        return List.copyOf(sound);
    }

    /** An entry's content with the checksum that belongs to it. */
    public static byte[] sealed(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        byte[] whole = Arrays.copyOf(content, content.length + 4);
        for (int i = 0; i < 4; i++) {
            whole[content.length + i] = (byte) (crc.getValue() >>> (8 * i));
        }
        return whole;
    }

    /** Shows a run and has it go on; what is not refused with an exception of ours is thrown. */
    public void use(UnaryOperator<List<LogRecord>> damage) {
        shown = sound;
        Checkpointer store = prepared();
        shown = damage.apply(List.copyOf(sound));
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
