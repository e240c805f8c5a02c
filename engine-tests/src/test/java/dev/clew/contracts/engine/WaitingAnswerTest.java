package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Gate;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.flow.Durability;
import dev.clew.flow.RunListener;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.TaskFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that meet a run at a moment at which it cannot take them, or has taken another one. */
@Timeout(60)
class WaitingAnswerTest extends EngineSuite implements OnMemory {
    private static final InterruptKey<String, Integer> AGE =
            InterruptKey.of("age", String.class, Integer.class).validate(age -> age > 0, "must be positive");

    private final Gate gate = new Gate();
    private final CompletableFuture<PendingInterrupt<?, ?>> asked = new CompletableFuture<>();
    private final RunListener asking = new RunListener() {
        @Override
        public void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {
            asked.complete(question);
        }
    };

    private static PendingInterrupt<?, ?> question(Lab lab) {
        Eventually.until(() -> !lab.workflow().state(T).pending().isEmpty());
        return lab.workflow().state(T).pending().get(0);
    }

    @Test
    void aLaterAnswerFromAnotherProcessDoesNotHideThatTheFirstWasRejected() throws Exception {
        Checkpointer store = newStore();
        AtomicInteger attempts = new AtomicInteger();
        Gate second = new Gate();
        Lab lab = opened(new Lab(store, Durability.SYNC)).body((input, calls, run) -> {
            TaskFuture<String> slow = calls.task("slow", input, gate::pass);
            TaskFuture<String> asks = calls.scope("asks", input, (in, c, r) -> {
                if (attempts.incrementAndGet() == 2) {
                    second.pass(in);
                }
                return "" + r.interrupt(AGE, "how old?");
            });
            return asks.join() + slow.join();
        });
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        PendingInterrupt<?, ?> question = question(lab);

        CompletableFuture<RunResult<String>> first = lab.workflow().invokeAsync(Command.resume(question.id(), -1), T);
        second.awaitArrival();
        String runId = lab.workflow().state(T).runId();
        LogEntry late = new LogEntry.Answered(question.path(), 1, question.id(), "7".getBytes(StandardCharsets.UTF_8));
        WaitingAnswer waiting = new WaitingAnswer(runId, question.id(), EntryFormat.write(late));
        assertThat(store.addAnswers("t", store.thread("t").orElseThrow().epoch(), List.of(waiting)))
                .isTrue();
        Eventually.until(() -> store.answers("t", runId).isEmpty());
        second.open();

        Throwable refused = catchThrowable(() -> first.get(8, TimeUnit.SECONDS));
        assertThat(refused).hasCauseInstanceOf(AnswerRefusedException.class).hasMessageContaining("must be positive");
        assertThat(((AnswerRefusedException) refused.getCause()).reason()).isEqualTo(Reason.REJECTED);
        gate.open();
    }

    @Test
    void aRunInExitModeThatWasContinuedTakesTheAnswerOfAnotherProcess() throws Exception {
        Checkpointer store = newStore();
        Lab lab = opened(new Lab(store, Durability.EXIT))
                .options(graph -> graph.closeTimeout(Duration.ZERO).listener(asking))
                .body((input, calls, run) -> {
                    TaskFuture<String> slow = calls.task("slow", input, gate::pass);
                    String age = "" + run.interrupt(AGE, "how old?");
                    return calls.task("use", age, s -> s).join() + slow.join();
                });
        lab.workflow().invokeAsync("x", T);
        gate.awaitArrival();
        asked.get(8, TimeUnit.SECONDS);
        lab.restart();
        CompletableFuture<RunResult<String>> first = lab.workflow().invokeAsync(Command.proceed(), T);
        gate.awaitArrival();
        String id = question(lab).id();

        opened(Operator.of(new SecondDoor(store))).answer("t", Command.resume(id, 7));
        Eventually.until(() -> lab.ran("use") == 1);
        String runId = lab.workflow().state(T).runId();
        assertThat(store.answers("t", runId))
                .as("until the exit a crash undoes it")
                .hasSize(1);
        gate.open();

        assertThat(first.get(8, TimeUnit.SECONDS).value()).isEqualTo("7x");
        assertThat(store.answers("t", runId)).isEmpty();
    }

    @Test
    void anAnswerThatMeetsALastWriteDoesNotAskTheStoreWithoutAPause() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        CompletableFuture<Void> ending = new CompletableFuture<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        Checkpointer store = new ForwardingCheckpointer(newStore()) {
            @Override
            protected void before(String call) {
                if (call.equals("thread")) {
                    reads.incrementAndGet();
                }
            }

            @Override
            public CompletionStage<Void> write(Claim claim, Write write, boolean durable) {
                if (write.release()) {
                    ending.complete(null);
                }
                return write.release()
                        ? last.thenCompose(done -> super.write(claim, write, durable))
                        : super.write(claim, write, durable);
            }
        };
        Lab lab = opened(new Lab(store, Durability.SYNC))
                .options(graph -> graph.listener(asking))
                .body((input, calls, run) -> "" + run.interrupt(AGE, "how old?"));
        Operator operator = opened(Operator.of(store));
        opened((AutoCloseable) () -> last.complete(null));
        CompletableFuture<RunResult<String>> pause = lab.workflow().invokeAsync("x", T);
        String id = asked.get(8, TimeUnit.SECONDS).id();
        ending.get(8, TimeUnit.SECONDS);

        CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> operator.answer("t", Command.resume(id, 7)));
        int before = reads.get();
        long began = System.nanoTime();
        Eventually.until(() -> reads.get() > before + 30);
        long took = System.nanoTime() - began;
        last.complete(null);

        assertThat(took).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(pause.get(8, TimeUnit.SECONDS)).isInstanceOf(RunResult.Interrupted.class);
        answer.get(8, TimeUnit.SECONDS);
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("7");
    }
}
