package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.OnNonDeterminism;
import dev.clew.Operator;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.effect.Once;
import dev.clew.effect.Resolution;
import dev.clew.effect.UnsettledEffect;
import dev.clew.flow.Durability;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nobody knows the outcome of is listed, kept, and settled by an operator who has none of the code. */
@Timeout(30)
public abstract class EffectSettlingSuite extends EffectFixture {
    private static final ThreadQuery UNSETTLED = ThreadQuery.all().unsettled();

    private Operator operator(Lab lab) {
        return opened(Operator.of(lab.graph().checkpointer().orElseThrow()));
    }

    private static UnsettledEffect only(Operator operator) {
        List<UnsettledEffect> all = operator.unsettled("t");
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<String> listed(Operator operator) {
        return operator.threads(UNSETTLED).stream().map(ThreadSummary::threadId).toList();
    }

    private static void assertRefused(Reason reason, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason))
                .hasMessageContaining("task:pay#1");
    }

    private Once<String> unanswered() {
        return once((amount, context) -> {
            throw new IOException("no answer");
        });
    }

    private Lab cancelled() throws Exception {
        Lab lab = asking();
        lab.workflow().invoke("5", RUN);
        assertThat(lab.workflow().cancel("t")).isTrue();
        return lab;
    }

    // --- a run that asks ---

    @Test
    void stepThatAsksIsListedAndSettledByItsQuestion() throws Exception {
        Lab lab = asking();
        var question = question(lab.workflow().invoke("5", RUN));
        lab.workflow().invoke("6", RunConfig.thread("other"));
        Operator operator = operator(lab);

        UnsettledEffect effect = only(operator);
        assertThat(effect.runId()).isEqualTo("r");
        assertThat(effect.step()).isEqualTo("task:pay#1");
        assertThat(effect.effectId()).isEqualTo(effectId("r"));
        assertThat(effect.attempts()).isEqualTo(1);
        assertThat(effect.question()).contains(question.id());
        assertThat(listed(operator)).containsExactly("other", "t");
        assertThat(lab.graph()
                        .threads(UNSETTLED.status(ThreadStatus.INTERRUPTED).limit(1)))
                .hasSize(1);

        operator.settle(effect, Resolution.succeeded("by hand"));

        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.ANSWERED);
        assertThat(recovered(lab).value()).isEqualTo("by hand");
        assertThat(listed(operator)).containsExactly("other");
        assertRefused(Reason.UNKNOWN, () -> operator.settle(effect, Resolution.runAgain()));
    }

    @Test
    void valueThatTheQuestionDoesNotWantIsRefused() throws Exception {
        Lab lab = asking();
        lab.workflow().invoke("5", RUN);
        Operator operator = operator(lab);
        UnsettledEffect effect = only(operator);

        assertThatThrownBy(() -> operator.settle(effect, Resolution.succeeded(7)))
                .isInstanceOf(AnswerRefusedException.class);

        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.INTERRUPTED);
        assertThat(only(operator)).isEqualTo(effect);
    }

    @Test
    void whatSucceededIsNotListed() throws Exception {
        Once<String> once = once(this::book);
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) -> paying(once).run(input, calls, run) + run.interrupt("ok?"));
        lab.workflow().invoke("5", RUN);

        assertThat(listed(operator(lab))).isEmpty();
        assertThat(operator(lab).unsettled("t")).isEmpty();
        assertThat(operator(lab).unsettled("no such thread")).isEmpty();
    }

    // --- a run that is over ---

    @Test
    void cancelledRunStaysListedUntilItIsSettled() throws Exception {
        Lab lab = cancelled();
        Operator operator = operator(lab);
        assertThat(listed(operator)).containsExactly("t");
        assertThat(only(operator).question()).isEmpty();

        operator.settle(only(operator), Resolution.succeeded("found in the books"));

        assertThat(listed(operator)).isEmpty();
        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.CANCELLED);
    }

    @Test
    void soDoesOneThatHasOtherRunsAfterIt() throws Exception {
        Lab lab = cancelled();
        lab.body((input, calls, run) -> "another run");
        lab.workflow().invoke("6", T);
        Operator operator = operator(lab);

        assertThat(listed(operator)).containsExactly("t");
        operator.settle(only(operator), Resolution.failed("it is not in the books"));

        assertThat(listed(operator)).isEmpty();
        assertThat(lab.workflow().state(T).value()).contains("another run");
    }

    @Test
    void retentionKeepsTheOnlyTraceOfIt() throws Exception {
        Lab lab = cancelled();
        lab.body((input, calls, run) -> input);
        for (String input : List.of("6", "7", "8")) {
            lab.workflow().invoke(input, T);
        }
        Operator operator = operator(lab);

        assertThat(lab.graph().keepLast("t", 1)).isEqualTo(2);
        assertThat(lab.graph().deleteOlderThan(Instant.now().plusSeconds(60))).isZero();
        UnsettledEffect effect = only(operator);
        assertThat(effect.runId()).isEqualTo("r");

        operator.settle(effect, Resolution.failed("it is not in the books"));
        assertThat(lab.graph().keepLast("t", 1)).isEqualTo(1);
    }

    @Test
    void copyWouldDoubleIt() throws Exception {
        Lab lab = cancelled();
        Operator operator = operator(lab);

        assertRefused(Reason.UNSETTLED_EFFECT, () -> lab.graph().copyThread("t", "copy"));
        operator.settle(only(operator), Resolution.failed("it is not in the books"));

        lab.graph().copyThread("t", "copy");
        assertThat(operator.unsettled("copy")).isEmpty();
    }

    // --- a run that goes on by itself ---

    @Test
    void runThatCrashedFindsOutOrAsksByItself() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Lab lab = dying(
                Durability.EXIT,
                once((amount, context) -> {
                    reached.countDown();
                    never.await();
                    return "";
                }),
                reached);
        Operator operator = operator(lab);
        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.CRASHED);

        assertRefused(Reason.UNSETTLED_EFFECT, () -> operator.settle(only(operator), Resolution.failed("no")));

        question(recovered(lab));
        operator.settle(only(operator), Resolution.succeeded("by hand"));
        assertThat(recovered(lab).value()).isEqualTo("by hand");
    }

    @Test
    void soDoesOneThatWaitsBeforeItReconcilesAgain() throws Exception {
        SteppedWorld world = new SteppedWorld();
        Lab lab = lab(Durability.SYNC, world)
                .options(graph -> graph.world(world).parkAfter(Duration.ofMillis(1)))
                .body(paying(reconciled(unanswered()).settle(Duration.ofHours(1))));
        lab.workflow().invokeAsync("5", RUN);
        Eventually.until(() -> lab.workflow().state(T).status() == ThreadStatus.SLEEPING);
        Operator operator = operator(lab);

        assertRefused(Reason.UNSETTLED_EFFECT, () -> operator.settle(only(operator), Resolution.failed("no")));

        assertThat(listed(operator)).containsExactly("t");
    }

    // --- a run that cannot go on ---

    /** Crashes in its effect; then its code calls something else before it. */
    private Lab blockedInIt() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Once<String> once = once((amount, context) -> {
            reached.countDown();
            never.await();
            return "";
        });
        Lab lab = dying(Durability.SYNC, once, reached);
        lab.body((input, calls, run) -> calls.task("other", input, s -> s).join());
        assertThatThrownBy(() -> recovered(lab)).isInstanceOf(NonDeterminismException.class);
        lab.body(paying(once));
        return lab;
    }

    @Test
    void blockedRunTakesThePersonsWordWhenItGoesOn() throws Exception {
        Lab lab = blockedInIt();
        Operator operator = operator(lab);
        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.BLOCKED);

        operator.settle(only(operator), Resolution.succeeded("by hand"));

        assertThat(operator.unsettled("t")).isEmpty();
        assertThat(lab.restart().workflow().invoke(Command.proceed(), T).value())
                .isEqualTo("by hand");
        assertThat(lab.restart().workflow().invoke("5", RUN).value()).isEqualTo("by hand");
    }

    @Test
    void wordThatIsNoResultOfTheTaskLeadsToTheQuestion() throws Exception {
        Lab lab = blockedInIt();
        Operator operator = operator(lab);
        operator.settle(only(operator), Resolution.succeeded(List.of(1, 2)));

        var question = question(lab.workflow().invoke(Command.proceed(), T));

        lab.restart();
        assertThat(lab.workflow()
                        .invoke(Command.answers(question.answer(Resolution.succeeded("asked"))), T)
                        .value())
                .isEqualTo("asked");
    }

    @Test
    void blockedRunWhoseQuestionIsOpenIsSettledByItsAnswer() throws Exception {
        TaskSpec<String> pay = unanswered().spec();
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            var paid = calls.raw().call(pay, input);
            return run.interrupt("first?") + paid.join();
        });
        var paused = (RunResult.Interrupted<String>) lab.workflow().invoke("5", RUN);
        String first = paused.pending().stream()
                .filter(each -> each.value().equals("first?"))
                .findFirst()
                .orElseThrow()
                .id();
        Lab.Body before = (input, calls, run) -> {
            calls.task("new", input, s -> s).join();
            return "";
        };
        lab.body(before);
        assertThatThrownBy(() -> lab.workflow().invoke(Command.resume(first, "yes "), T))
                .isInstanceOf(NonDeterminismException.class);
        Operator operator = operator(lab);
        assertThat(operator.state("t").status()).isEqualTo(ThreadStatus.BLOCKED);

        assertThatThrownBy(() -> operator.settle(only(operator), Resolution.succeeded(7)))
                .isInstanceOf(AnswerRefusedException.class);
        operator.settle(only(operator), Resolution.succeeded("by hand"));

        lab.body((input, calls, run) -> {
            var paid = calls.raw().call(pay, input);
            return run.interrupt("first?") + paid.join();
        });
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("yes by hand");
    }

    @Test
    void whatAPersonDeniesNoLongerBlocksCodeThatDoesWithoutIt() throws Exception {
        TaskSpec<String> pay = unanswered().spec();
        Lab lab = lab(Durability.SYNC)
                .options(graph -> graph.onNonDeterminism(OnNonDeterminism.WARN))
                .body((input, calls, run) -> {
                    var paid = calls.raw().call(pay, input);
                    return run.interrupt("first?") + paid.join();
                });
        var paused = (RunResult.Interrupted<String>) lab.workflow().invoke("5", RUN);
        var answers = paused.pending().stream()
                .filter(each -> each.value().equals("first?"))
                .map(each -> Command.resume(each.id(), "yes"))
                .toList();
        lab.body((input, calls, run) -> "without");
        assertThatThrownBy(() -> lab.workflow().invoke(answers.get(0), T))
                .as("also if mismatches are only logged")
                .isInstanceOf(NonDeterminismException.class);
        Operator operator = operator(lab);

        operator.settle(only(operator), Resolution.failed("it is not in the books"));

        assertThat(operator.unsettled("t")).isEmpty();
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo("without");
    }
}
