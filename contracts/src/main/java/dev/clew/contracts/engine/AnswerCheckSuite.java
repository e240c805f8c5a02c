package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.ThreadStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code of the user that looks at an answer before the body takes it: whatever it throws is a refusal. */
public abstract class AnswerCheckSuite extends EngineSuite {
    private static final InterruptKey<String, String> AGE = InterruptKey.of("age", String.class, String.class)
            .validate(age -> Integer.parseInt(age) >= 18, "must be at least 18");
    private static final InterruptKey<String, Range> RANGE = InterruptKey.of("range", String.class, Range.class);

    /** What the constructor of an answer throws if its ends are in the wrong order. */
    private static volatile Supplier<Throwable> thrown = () -> new IllegalArgumentException("from is after to");

    /** A value that checks itself. */
    public record Range(int from, int to) {
        public Range {
            if (from > to) {
                AnswerCheckSuite.<RuntimeException>sneak(thrown.get());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable any) throws E {
        throw (E) any;
    }

    private static <T> Predicate<T> throwing(Supplier<Throwable> what) {
        return any -> {
            AnswerCheckSuite.<RuntimeException>sneak(what.get());
            return true;
        };
    }

    @Tag("B104")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void rejectsAnAnswerOnWhichTheCheckThrowsAndKeepsTheQuestionOpen(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> run.interrupt(AGE, "how old?"));
        String id = ask(lab).pending().get(0).id();

        for (String wrong : new String[] {"abc", "", "17"}) {
            AnswerRefusedException refused = refused(lab.restart(), Command.resume(wrong));
            assertThat(refused.reason()).isEqualTo(Reason.REJECTED);
            assertThat(refused.pending()).hasSize(1);
            assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);
            assertThat(lab.workflow().state(T).only(AGE).id()).isEqualTo(id);
        }

        assertThat(lab.workflow().invoke(Command.resume("18"), T).value()).isEqualTo("18");
    }

    @Test
    void saysWhatTheCheckThrew() throws Exception {
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> run.interrupt(AGE, "how old?"));
        ask(lab);

        assertThat(refused(lab, Command.resume("abc")))
                .hasMessageContaining("java.lang.NumberFormatException")
                .hasMessageContaining("For input string")
                .hasMessageContaining("ask:age#1");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void refusesANullAnswerOnWhichTheCheckThrows(Durability durability) throws Exception {
        InterruptKey<String, Integer> number =
                InterruptKey.of("number", String.class, Integer.class).validate(n -> n > 0, "must be positive");
        Lab lab = lab(durability).body((input, calls, run) -> "" + run.interrupt(number, "how many?"));
        ask(lab);

        AnswerRefusedException refused = refused(lab, Command.resume(null));

        assertThat(refused.reason()).isIn(Reason.REJECTED, Reason.WRONG_TYPE);
        assertThat(lab.workflow().invoke(Command.resume(4), T).value()).isEqualTo("4");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void rejectsWhateverACheckThrows(Durability durability) throws Exception {
        Map<String, Supplier<Throwable>> all = Map.of(
                "assertion", () -> new AssertionError("no"),
                "linkage", () -> new NoClassDefFoundError("gone"),
                "checked", () -> new IOException("no"),
                "cause", () -> new IllegalStateException(new IllegalStateException()));
        for (Map.Entry<String, Supplier<Throwable>> each : all.entrySet()) {
            InterruptKey<String, String> key = InterruptKey.of("any", String.class, String.class)
                    .validate(throwing(each.getValue()), "must be nothing");
            Lab lab = lab(durability).body((input, calls, run) -> run.interrupt(key, "what?"));
            ask(lab);

            assertThat(refused(lab, Command.resume("x")).reason())
                    .as(each.getKey())
                    .isEqualTo(Reason.REJECTED);
            assertThat(lab.workflow().state(T).pending()).as(each.getKey()).hasSize(1);
            lab.workflow().cancel(T);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void rejectsAnAnswerThatItsOwnConstructorRefuses(Durability durability) throws Exception {
        List<Supplier<Throwable>> all =
                List.of(() -> new IllegalArgumentException("from is after to"), () -> new AssertionError("no"));
        for (Supplier<Throwable> each : all) {
            thrown = each;
            Checkpointer store = newStore();
            Lab lab = opened(new Lab(store, durability))
                    .body((input, calls, run) ->
                            "" + run.interrupt(RANGE, "which?").from());
            String id = ask(lab).only(RANGE).id();

            // An operator has plain data, so the body is the first that makes the answer's object.
            opened(Operator.of(store)).answer("t", Command.resume(Map.of("from", 2, "to", 1)));
            AnswerRefusedException refused = refused(lab, Command.proceed());

            assertThat(refused.reason()).isEqualTo(Reason.REJECTED);
            assertThat(lab.workflow().state(T).only(RANGE).id()).isEqualTo(id);
            assertThat(lab.workflow().invoke(Command.resume(new Range(1, 2)), T).value())
                    .isEqualTo("1");
        }
    }

    private static AnswerRefusedException refused(Lab lab, Command command) {
        AnswerRefusedException refused = catchThrowableOfType(
                AnswerRefusedException.class, () -> lab.workflow().invoke(command, T));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static Interrupted<String> ask(Lab lab) {
        return (Interrupted<String>) lab.workflow().invoke("x", T);
    }
}
