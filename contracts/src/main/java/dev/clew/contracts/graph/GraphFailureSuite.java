package dev.clew.contracts.graph;

import static dev.clew.annotations.Node.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.GraphWorkflow;
import dev.clew.graph.Send;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What has an outcome is never run again, whatever fails, asks or changes beside it. */
@Timeout(20)
public abstract class GraphFailureSuite extends GraphSuite {
    private static final InterruptKey<String, Boolean> SECOND = InterruptKey.of("second", String.class, Boolean.class);

    private final AtomicInteger attempts = new AtomicInteger();

    private static void fails(GraphWorkflow<String, Essay, Essay> workflow) {
        assertThatThrownBy(() -> workflow.invoke("rain", T)).isInstanceOf(WorkflowFailedException.class);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G069")
    @Tag("G070")
    void siblingsOfAFailedNodeFinishAndOnlyTheFailedOneRunsAgain(Durability durability) {
        broken.set(true);
        GraphSpec<String, Essay, Essay> spec = graph("siblings")
                .node("work")
                .after(START)
                .leaf(in -> {
                    if (broken.get()) {
                        throw new IOException("work is broken");
                    }
                    return note("work");
                })
                .node("rest")
                .after(START)
                .leaf(in -> note("rest"))
                .build();
        assertThatThrownBy(() -> open(spec).invoke("rain", T.durability(durability)))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("work is broken");
        assertThat(open(spec).snapshot("t").values().notes()).isEmpty();
        assertThat(tasks(open(spec).snapshot("t"))).containsExactly("work FAILED", "rest SUCCEEDED");

        broken.set(false);
        assertThat(open(spec).invoke(Command.proceed(), T).value().notes()).containsExactly("work", "rest");
        assertThat(ran).containsExactly("rest", "work");
    }

    @Test
    @Tag("G072")
    void updatesOfSiblingsThatFinishAfterAFailureAreStreamed() {
        broken.set(true);
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        List<String> updated = new ArrayList<>();

        try (var stream = fork.stream("rain", T, StreamMode.UPDATES)) {
            stream.forEach(event -> {
                if (event instanceof StreamEvent.Update update && !update.path().isEmpty()) {
                    updated.add(update.name());
                }
            });
        }

        assertThat(updated).containsExactly("plan", "rest");
    }

    @Test
    @Tag("G040")
    @Tag("G041")
    @Tag("G187")
    void aRouteIsPartOfItsNodesOutcomeAndIsNotAskedAgain() {
        GraphSpec<String, Essay, Essay> spec = graph("routes")
                .node("edit")
                .after(START)
                .routes(Essay.Editor.class)
                .routesOnce()
                .retry(RetryPolicy.builder()
                        .maxAttempts(3)
                        .initialInterval(Duration.ofMillis(1))
                        .build())
                .leaf(in -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IOException("no route yet");
                    }
                    return note("edit").goTo(Essay.Editor.AGAIN);
                })
                .node("write")
                .scope(in -> in.interrupt(OK, "done?") ? note("write") : note("no"))
                .build();
        RunResult.Interrupted<Essay> pause = paused(open(spec).invoke("rain", T));

        assertThat(open(spec).invoke(pause.only(OK).answer(true), T).value().notes())
                .containsExactly("edit", "write");
        assertThat(attempts).hasValue(3);
        assertThat(ran).containsExactly("edit", "write");
    }

    @Test
    @Tag("G052")
    @Tag("G074")
    void sentRecordsThatFinishedAreNotRunAgainWhenOneAsks() {
        GraphSpec<String, Essay, Essay> spec = graph("sends")
                .node("plan")
                .after(START)
                .mayGoTo("search")
                .leaf(in -> Essay.note()
                        .goTo(List.of(
                                Send.to("search", new Essay.Query("a")),
                                Send.to("search", new Essay.Query("ask")),
                                Send.to("search", new Essay.Query("c")))))
                .node("search")
                .takes(Essay.Query.class)
                .scope(in -> {
                    String text = in.sent().text();
                    return note(text.equals("ask") && in.interrupt(OK, text) ? "yes" : text);
                })
                .build();
        RunResult.Interrupted<Essay> pause = paused(open(spec).invoke("rain", T));
        assertThat(tasks(open(spec).snapshot("t")))
                .containsExactly("search SUCCEEDED", "search INTERRUPTED", "search SUCCEEDED");

        assertThat(open(spec).invoke(pause.only(OK).answer(true), T).value().notes())
                .containsExactly("a", "yes", "c");
        assertThat(ran).containsExactlyInAnyOrder("a", "c", "yes");
    }

    private GraphSpec<String, Essay, Essay> twoQuestions() {
        return graph("questions")
                .node("one")
                .after(START)
                .scope(in -> {
                    note("one begins");
                    boolean first = in.interrupt(OK, "first?");
                    boolean second = in.interrupt(SECOND, "second?");
                    return Essay.note(first + " " + second);
                })
                .node("two")
                .after(START)
                .scope(in -> Essay.note("two " + in.interrupt(OK, "other?")))
                .build();
    }

    @Test
    @Tag("G065")
    @Tag("G075")
    @Tag("G076")
    @Tag("G077")
    @Tag("G078")
    void questionsAreAnsweredByTheirIdsInAnyOrderAndANodeRunsFromItsFirstLine() {
        RunResult.Interrupted<Essay> both = paused(open(twoQuestions()).invoke("rain", T));
        assertThat(both.pending())
                .extracting(PendingInterrupt::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThatThrownBy(() -> open(twoQuestions()).invoke(Command.resume(true), T))
                .isInstanceOf(AnswerRefusedException.class)
                .hasMessageContaining("2 questions are pending");

        List<PendingInterrupt<String, Boolean>> asked = both.all(OK);
        RunResult.Interrupted<Essay> first =
                paused(open(twoQuestions()).invoke(asked.get(1).answer(true), T));
        assertThat(first.pending()).hasSize(1);
        RunResult.Interrupted<Essay> second =
                paused(open(twoQuestions()).invoke(asked.get(0).answer(false), T));

        assertThat(open(twoQuestions())
                        .invoke(second.only(SECOND).answer(true), T)
                        .value()
                        .notes())
                .containsExactly("false true", "two true");
        assertThat(ran).containsOnly("one begins").hasSizeGreaterThan(1);
        assertThatThrownBy(() -> open(twoQuestions()).invoke(Command.resume(true), T))
                .isInstanceOf(AnswerRefusedException.class);
    }

    @Test
    @Tag("G185")
    void anAnswerToAQuestionThatHasChangedIsNotTaken() {
        paused(open(asking("delete one file?")).invoke("rain", T));

        RunResult.Interrupted<Essay> pause = paused(open(asking("delete all files?"))
                .invoke(Command.proceed(), T.whenInterrupted(dev.clew.flow.WhenInterrupted.REJECT)));

        assertThat(pause.pending()).hasSize(1);
        assertThatThrownBy(() -> {
                    RunResult<Essay> result = open(asking("delete all files?"))
                            .invoke(pause.only(OK).answer(true), T);
                    throw new AssertionError("the answer was taken: " + result.value());
                })
                .isInstanceOf(AnswerRefusedException.class);
    }

    private GraphSpec<String, Essay, Essay> asking(String question) {
        return graph("asks")
                .node("ask")
                .after(START)
                .scope(in -> Essay.note(question + " " + in.interrupt(OK, question)))
                .build();
    }

    @Test
    @Tag("G082")
    void aValueThatIsMissingFailsItsNodeByName() {
        GraphSpec<String, Essay, Essay> spec = graph("needs")
                .node("read")
                .after(START)
                .leaf(in -> Essay.note(in.required(Essay.DRAFT)))
                .build();

        assertThatThrownBy(() -> open(spec).invoke("rain", T))
                .isInstanceOf(WorkflowFailedException.class)
                .hasMessageContaining("'draft' has no value yet");
        assertThat(open(spec)
                        .snapshot("t")
                        .tasks()
                        .get(0)
                        .failure()
                        .orElseThrow()
                        .path())
                .isEqualTo("node:read#1");
    }

    @Test
    @Tag("G009")
    void aRunsLimitOfConcurrencyHoldsForItsNodes() {
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        GraphSpec.Builder<String, Essay, Essay> builder = graph("wide");
        for (int i = 0; i < 10; i++) {
            builder = builder.node("n" + i).after(START).leaf(in -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.yield();
                now.decrementAndGet();
                return Essay.note("x");
            });
        }

        assertThat(open(builder.build())
                        .invoke("rain", T.maxConcurrency(3))
                        .value()
                        .notes())
                .hasSize(10);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    @Tag("G030")
    void aCancelledRunKeepsWhatItHadFolded() {
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        paused(fork.invoke("rain", T));
        assertThat(fork.cancel("t")).isTrue();
        assertThat(fork.state("t").status()).isEqualTo(ThreadStatus.CANCELLED);

        paused(fork.invoke("snow", T));

        assertThat(fork.snapshot("t").values()).isEqualTo(new Essay("snow", List.of("plan", "plan"), null));
    }

    @Test
    void aRunThatFailedBeforeItsFirstSuperstepEndsNothing() {
        broken.set(true);
        GraphSpec<String, Essay, Essay> spec = graph("first")
                .node("work")
                .after(START)
                .leaf(in -> {
                    if (broken.get()) {
                        throw new IOException("work is broken");
                    }
                    return note("work");
                })
                .build();
        fails(open(spec));
        open(spec).updateState(T, Essay.note("by hand"), node("work"));

        assertThat(open(spec).state("t").status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(open(spec).snapshot("t").values()).isEqualTo(new Essay("rain", List.of("by hand"), null));
    }
}
