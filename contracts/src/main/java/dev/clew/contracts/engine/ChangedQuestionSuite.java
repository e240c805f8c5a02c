package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.OnNonDeterminism;
import dev.clew.Operator;
import dev.clew.contracts.SharedResources;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.LogCapture;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.EarlierAnswer;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.json.JsonCodec;
import dev.clew.state.ForkPoint;
import dev.clew.value.EncryptingCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer to a content that a question no longer has is not used, not lost, and shown with what differs. */
@Timeout(20)
public abstract class ChangedQuestionSuite extends TaskSuite {
    public record Payment(String to, int amount) {}

    private static final InterruptKey<Payment, Boolean> PAY = InterruptKey.of("pay", Payment.class, Boolean.class);

    private static final Map<String, Object> FIVE = Map.of("to", "shop", "amount", 5);

    private volatile int amount = 5;

    private Lab paying(Durability durability) throws Exception {
        return lab(durability)
                .body((input, calls, run) -> run.interrupt(PAY, new Payment("shop", amount)) + ":" + pause(run));
    }

    private static PendingInterrupt<Payment, Boolean> question(List<PendingInterrupt<?, ?>> pending) {
        return new Interrupted<String>(pending, "t", "r").only(PAY);
    }

    private static void showsWhatWasAnswered(PendingInterrupt<?, ?> question, Object answer, String difference) {
        assertThat(question.earlier()).hasSize(1);
        EarlierAnswer earlier = question.earlier().get(0);
        assertThat(earlier.question()).isEqualTo(FIVE);
        assertThat(earlier.answer()).isEqualTo(answer);
        assertThat(earlier.difference()).isEqualTo(difference);
        assertThat(earlier.id()).isNotEqualTo(question.id());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerThatWasTakenBeforeIsShownWithWhatDiffers(Durability durability) throws Exception {
        List<PendingInterrupt<?, ?>> heard = new CopyOnWriteArrayList<>();
        Lab lab = paying(durability)
                .options(graph -> graph.listener(new RunListener() {
                    @Override
                    public void questionAsked(RunInfo run, PendingInterrupt<?, ?> question) {
                        heard.add(question);
                    }
                }));
        lab.workflow().invoke("x", T);
        assertThat(lab.workflow().state(T).pending().get(0).earlier()).isEmpty();
        lab.workflow().invoke(Command.resume(true), T);

        amount = 7;
        var pause = (Interrupted<String>) lab.restart().workflow().invoke(Command.resume("on"), T);

        String difference = "amount was 5 and is 7";
        showsWhatWasAnswered(pause.only(PAY), true, difference);
        showsWhatWasAnswered(heard.get(heard.size() - 1), true, difference);
        showsWhatWasAnswered(lab.workflow().state(T).only(PAY), true, difference);
        showsWhatWasAnswered(lab.restart().workflow().state(T).only(PAY), true, difference);
        showsWhatWasAnswered(
                ((Interrupted<String>) lab.workflow().invoke(Command.proceed(), T)).only(PAY), true, difference);
        try (Operator operator = Operator.of(store)) {
            showsWhatWasAnswered(operator.state("t").pending().get(0), true, difference);
        }
        assertThat(lab.workflow().invoke(Command.resume(false), T).value()).isEqualTo("false:on");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFreshAnswersCallerIsToldAndItIsShown(Durability durability) throws Exception {
        Lab lab = paying(durability);
        lab.workflow().invoke("x", T);

        amount = 7;
        AnswerRefusedException refused = catchThrowableOfType(
                AnswerRefusedException.class, () -> lab.restart().workflow().invoke(Command.resume(true), T));

        assertThat(refused)
                .hasMessageContaining("its content has changed: it was {to: \"shop\", amount: 5} and is {to: \"shop\","
                        + " amount: 7}; amount was 5 and is 7; the answer is kept");
        showsWhatWasAnswered(question(refused.pending()), true, "amount was 5 and is 7");
        showsWhatWasAnswered(lab.restart().workflow().state(T).only(PAY), true, "amount was 5 and is 7");
        lab.workflow().invoke(Command.resume(true), T);
        assertThat(lab.workflow().invoke(Command.resume("on"), T).value()).isEqualTo("true:on");
    }

    /** A payment to agree to, while other questions are asked beside it; an answer to one of them runs the body again. */
    private Lab payingBesides(Durability durability) throws Exception {
        return lab(durability).body((input, calls, run) -> {
            var side = calls.scope("side", input, (in, c, r) -> pause(r) + pause(r) + pause(r));
            return run.interrupt(PAY, new Payment("shop", amount)) + ":" + side.join();
        });
    }

    /** Runs the body again, which now asks for another amount. */
    private static Interrupted<String> runAgain(Lab lab, RunConfig config) {
        String beside = lab.restart().workflow().state(config).only(GO).id();
        return (Interrupted<String>) lab.workflow().invoke(Command.resume(beside, "on"), config);
    }

    private static void answer(Lab lab, boolean answer) {
        lab.workflow().invoke(lab.workflow().state(T).only(PAY).answer(answer), T);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void ofSeveralChangesAllAnswersAreShownTheOldestFirst(Durability durability) throws Exception {
        Lab lab = payingBesides(durability);
        lab.workflow().invoke("x", T);
        answer(lab, true);
        amount = 6;
        runAgain(lab, T);
        answer(lab, false);
        amount = 7;
        runAgain(lab, T);

        assertThat(lab.workflow().state(T).only(PAY).earlier())
                .extracting(EarlierAnswer::answer, EarlierAnswer::difference)
                .containsExactly(
                        Tuple.tuple(true, "amount was 5 and is 7"), Tuple.tuple(false, "amount was 6 and is 7"));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aQuestionThatNobodyAnsweredHasNoEarlierAnswer(Durability durability) throws Exception {
        Lab lab = payingBesides(durability);
        lab.workflow().invoke("x", T);
        amount = 7;
        runAgain(lab, T);

        assertThat(lab.workflow().state(T).only(PAY).value()).isEqualTo(new Payment("shop", 7));
        assertThat(lab.workflow().state(T).only(PAY).earlier()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anEncryptedAnswerIsShownAlsoInAFork(Durability durability) throws Exception {
        EncryptingCodec codec = EncryptingCodec.builder(JsonCodec.standard())
                .key("k", new SecretKeySpec(new byte[32], "AES"))
                .current("k")
                .build();
        Lab lab = payingBesides(durability).options(graph -> graph.codec(codec));
        lab.workflow().invoke("x", T);
        answer(lab, true);
        amount = 7;
        runAgain(lab, T);
        runAgain(lab, T);
        RunConfig fork = lab.workflow().fork(T, ForkPoint.after("task:side#1/ask:go#2"));
        lab.workflow().invoke(Command.proceed(), fork);

        showsWhatWasAnswered(lab.workflow().state(T).only(PAY), true, "amount was 5 and is 7");
        showsWhatWasAnswered(lab.workflow().state(fork).only(PAY), true, "amount was 5 and is 7");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @ResourceLock(SharedResources.LOG)
    void aMigrationWindowLogsWhatDiffersAndTakesTheOldAnswer(Durability durability) throws Exception {
        Lab lab = paying(durability).options(graph -> graph.onNonDeterminism(OnNonDeterminism.WARN));
        lab.workflow().invoke("x", T);
        lab.workflow().invoke(Command.resume(true), T);
        amount = 7;
        try (LogCapture log = new LogCapture()) {
            assertThat(lab.restart().workflow().invoke(Command.resume("on"), T).value())
                    .isEqualTo("true:on");
            assertThat(log.text()).contains("with other content", "amount was 5 and is 7");
        }
    }
}
