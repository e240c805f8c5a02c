package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ThreadStatus;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an answer may be: any value of the question's type, the empty ones too. */
public abstract class AnswerTypesSuite extends EngineSuite {
    public sealed interface Decision permits Approve, Reject {}

    public record Approve(int amount) implements Decision {}

    public record Reject(String reason) implements Decision {}

    public static class Pet {
        public String name;
    }

    public static class Dog extends Pet {
        public boolean barks;
    }

    private static final InterruptKey<String, Decision> DECIDE =
            InterruptKey.of("decide", String.class, Decision.class);
    private static final InterruptKey<String, Pet> PET = InterruptKey.of("pet", String.class, Pet.class);
    private static final InterruptKey<String, Boolean> OK = InterruptKey.of("ok", String.class, boolean.class);
    private static final InterruptKey<String, List<Integer>> NUMBERS =
            InterruptKey.of("numbers", TypeRef.of(String.class), new TypeRef<>() {});

    static Stream<Arguments> emptyAnswers() {
        return Stream.of(null, Map.of(), List.of(), false, 0, "", true, 7L, List.of("a", 1), Map.of("k", List.of(2)))
                .flatMap(answer -> Arrays.stream(Durability.values()).map(d -> Arguments.of(answer, d)));
    }

    @Tag("B118")
    @Tag("B120")
    @Tag("B121")
    @ParameterizedTest
    @MethodSource("emptyAnswers")
    void deliversEmptyAnswersLikeAnyOther(Object answer, Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            Object first = run.interrupt(List.of("first", Map.of("n", 1)));
            run.interrupt("second");
            return String.valueOf(first);
        });

        var asked = pause(lab);
        assertThat(asked.pending().get(0).value()).isEqualTo(List.of("first", Map.of("n", 1)));
        var next = lab.restart().workflow().invoke(Command.resume(answer), T);

        assertThat(lab.restart()
                        .workflow()
                        .invoke(
                                Command.resume(
                                        ((Interrupted<String>) next)
                                                .pending()
                                                .get(0)
                                                .id(),
                                        answer),
                                T)
                        .value())
                .isEqualTo(String.valueOf(answer));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void takesAMemberOfASealedTypeWithAndWithoutItsKey(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            Decision first = run.interrupt(DECIDE, "1?");
            return first + " " + run.interrupt(DECIDE, "2?");
        });

        var first = pause(lab).only(DECIDE);
        lab.restart().workflow().invoke(first.answer(new Approve(5)), T);

        assertThat(lab.restart()
                        .workflow()
                        .invoke(Command.resume(new Reject("no")), T)
                        .value())
                .isEqualTo("Approve[amount=5] Reject[reason=no]");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void takesASubclassAsWhatTheQuestionWants(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            Pet pet = run.interrupt(PET, "which?");
            return pet.getClass().getSimpleName() + " " + pet.name;
        });
        Dog dog = new Dog();
        dog.name = "Rex";

        pause(lab);

        assertThat(lab.workflow().invoke(Command.resume(dog), T).value()).isEqualTo("Pet Rex");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void takesABoxForAPrimitiveAndAListForAGenericKey(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            boolean ok = run.interrupt(OK, "ok?");
            int sum = 0;
            for (int number : run.interrupt(NUMBERS, "numbers?")) {
                sum += number;
            }
            return ok + " " + sum;
        });

        lab.workflow().invoke("x", T);
        lab.workflow().invoke(Command.resume(true), T);

        assertThat(lab.workflow().invoke(Command.resume(List.of(1, 2)), T).value())
                .isEqualTo("true 3");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesAnAnswerWhoseTypeArgumentsDoNotFit(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> "" + run.interrupt(NUMBERS, "numbers?"));
        String id = pause(lab).pending().get(0).id();

        AnswerRefusedException refused = catchThrowableOfType(
                AnswerRefusedException.class, () -> lab.workflow().invoke(Command.resume(List.of("one")), T));

        assertThat(refused.reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(refused).hasMessageContaining("$[0]").hasMessageNotContaining("one");
        assertThat(lab.workflow().state(T).pending())
                .extracting(PendingInterrupt::id)
                .containsExactly(id);
        assertThat(lab.workflow().invoke(Command.resume(List.of(1)), T).value()).isEqualTo("[1]");
    }

    @Test
    void asksAgainForTheNewTypeWhenAPendingQuestionsAnswerTypeChanged() throws Exception {
        AtomicReference<InterruptKey<String, ?>> key =
                new AtomicReference<>(InterruptKey.of("q", String.class, String.class));
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> {
            var side = calls.scope("side", input, (in, c, r) -> "" + r.interrupt(DECIDE, "side?"));
            return run.interrupt(key.get(), "how many?") + side.join();
        });
        String side = pause(lab).only(DECIDE).id();

        key.set(InterruptKey.of("q", String.class, Integer.class));
        var asked = (Interrupted<String>) lab.restart().workflow().invoke(Command.resume(side, new Approve(1)), T);

        assertThat(asked.pending().get(0).answerType()).isEqualTo("java.lang.Integer");
        assertThat(lab.workflow().invoke(Command.resume(3), T).value()).isEqualTo("3Approve[amount=1]");
    }

    @Test
    void neverReopensAnAnswerThatTheBodyTookBeforeAPause() throws Exception {
        AtomicReference<InterruptKey<String, ?>> key =
                new AtomicReference<>(InterruptKey.of("q", String.class, String.class));
        Lab lab = lab(Durability.SYNC)
                .body((input, calls, run) ->
                        "" + run.interrupt(key.get(), "how many?") + run.interrupt(DECIDE, "sure?"));
        pause(lab);
        lab.workflow().invoke(Command.resume("many"), T);

        key.set(InterruptKey.of("q", String.class, Integer.class));
        CodecException unreadable = catchThrowableOfType(
                CodecException.class, () -> lab.restart().workflow().invoke(Command.resume(new Approve(1)), T));

        assertThat(unreadable).hasMessageContainingAll("the answer to question 'ask:q#1'", "thread 't'", "proceed()");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.BLOCKED);
        key.set(InterruptKey.of("q", String.class, String.class));
        assertThat(lab.restart().workflow().invoke(Command.proceed(), T).value())
                .isEqualTo("manyApprove[amount=1]");
    }

    private static Interrupted<String> pause(Lab lab) {
        return (Interrupted<String>) lab.workflow().invoke("x", T);
    }
}
