package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.Operator;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.Stored;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadStatus;
import dev.clew.value.TypeRef;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer is checked against the schema that was recorded with its question, before anything is stored. */
public abstract class AnswerSchemaSuite extends EngineSuite {
    public enum Mood {
        CALM,
        CROSS
    }

    public sealed interface Choice permits Take, Leave {}

    public record Take(int amount) implements Choice {}

    public record Leave() implements Choice {}

    public record Form(
            boolean agreed, String note, Mood mood, Choice choice, List<Integer> marks, Map<String, Integer> votes) {}

    /** The classes before a deploy. */
    static final class Before {
        public record Verdict(boolean approved, Detail detail) {}

        public record Detail(String why, Optional<LocalDate> due) {}
    }

    /** The same, renamed and moved. */
    static final class After {
        public record Decision(boolean approved, Reasons detail) {}

        public record Reasons(String why, Optional<LocalDate> due) {}
    }

    public record Longer(boolean approved, After.Reasons detail, String by) {}

    public record Other(String choice) {}

    private static final InterruptKey<String, Form> FORM = InterruptKey.of("form", String.class, Form.class);
    private static final InterruptKey<String, Before.Verdict> BEFORE =
            InterruptKey.of("verdict", String.class, Before.Verdict.class);
    private static final InterruptKey<String, After.Decision> AFTER =
            InterruptKey.of("verdict", String.class, After.Decision.class);
    private static final InterruptKey<String, Longer> LONGER = InterruptKey.of("verdict", String.class, Longer.class);
    private static final InterruptKey<String, Other> OTHER = InterruptKey.of("verdict", String.class, Other.class);
    private static final Map<String, ?> PLAIN_VERDICT =
            Map.of("approved", true, "detail", Map.of("why", "so", "due", "2026-01-02"));

    private Checkpointer store;
    private Operator operator;
    private final AtomicReference<InterruptKey<String, ?>> key = new AtomicReference<>();

    private Lab asking(Durability durability, InterruptKey<String, ?> first) throws Exception {
        key.set(first);
        store = newStore();
        operator = opened(Operator.of(store));
        Lab lab = opened(new Lab(store, durability))
                .body((input, calls, run) -> String.valueOf((Object) run.interrupt(key.get(), "well?")));
        lab.workflow().invoke("x", T);
        return lab;
    }

    private AnswerRefusedException refused(Runnable answering) {
        Stored before = Stored.of(store, "t");
        AnswerRefusedException refused = catchThrowableOfType(AnswerRefusedException.class, answering::run);
        assertThat(refused).isNotNull();
        assertThat(Stored.of(store, "t")).isEqualTo(before);
        return refused;
    }

    // --- what a question says of its answer ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aQuestionHasTheSchemaOfItsAnswerLiveAndAfterARestart(Durability durability) throws Exception {
        Lab lab = asking(durability, FORM);
        String schema = lab.workflow().schema(FORM.answerType()).orElseThrow();

        Optional<String> inResult = ((Interrupted<String>) lab.workflow().invoke(Command.proceed(), T))
                .only(FORM)
                .answerSchema();
        Optional<String> inState = lab.restart().workflow().state(T).only(FORM).answerSchema();
        Optional<String> elsewhere = operator.state("t").pending().get(0).answerSchema();

        assertThat(List.of(inResult, inState, elsewhere)).containsOnly(Optional.of(schema));
    }

    @Test
    void anUntypedQuestionTakesAnything() throws Exception {
        Lab lab = lab(Durability.SYNC).body((input, calls, run) -> String.valueOf(run.interrupt("anything?")));
        var asked = (Interrupted<String>) lab.workflow().invoke("x", T);

        assertThat(asked.pending().get(0).answerSchema().orElseThrow()).doesNotContain("\"type\"");
        assertThat(lab.workflow().invoke(Command.resume(null), T).value()).isEqualTo("null");
    }

    // --- what is refused ---

    private static Map<String, Object> form(String changed, @Nullable Object to) {
        Map<String, Object> form = new HashMap<>(
                Map.of("agreed", true, "note", "n", "mood", "CALM", "choice", Map.of("@type", "Take", "amount", 1)));
        form.put("marks", List.of(1, 2));
        form.put("votes", Map.of("a", 1));
        form.put(changed, to);
        return form;
    }

    private static Map<String, Object> without(String member) {
        Map<String, Object> form = form("agreed", true);
        form.remove(member);
        return form;
    }

    static Stream<Arguments> misfits() {
        List<Arguments> cases = List.of(
                Arguments.of(Map.of(), "$: the member 'agreed' is missing"),
                Arguments.of(null, "$: an object is wanted, not null"),
                Arguments.of("secret", "$: an object is wanted, not text"),
                Arguments.of(List.of(), "$: an object is wanted, not a list"),
                Arguments.of(without("note"), "$: the member 'note' is missing"),
                Arguments.of(form("secret", 1), "$: a member is unknown; known are [agreed, choice, marks, mood, note"),
                Arguments.of(form("agreed", "secret"), "$.agreed: a boolean is wanted, not text"),
                Arguments.of(form("agreed", null), "$.agreed: a boolean is wanted, not null"),
                Arguments.of(form("mood", "secret"), "$.mood: one of [CALM, CROSS] or null is wanted"),
                Arguments.of(form("choice", "secret"), "$.choice: "),
                Arguments.of(form("choice", Map.of("@type", "secret")), "$.choice: "),
                Arguments.of(form("choice", Map.of("@type", "Take")), "$.choice: the member 'amount' is missing"),
                Arguments.of(
                        form("choice", Map.of("@type", "Take", "amount", 1L << 40)),
                        "$.choice.amount: an integer from -2147483648 to 2147483647 is wanted"),
                Arguments.of(form("choice", Map.of("@type", "Leave", "secret", 1)), "$.choice: a member is unknown"),
                Arguments.of(form("marks", List.of(1, "secret")), "$.marks[1]: an integer"),
                Arguments.of(form("votes", Map.of("secret", 1.5)), "$.votes.*: an integer"));
        return cases.stream()
                .flatMap(c -> Arrays.stream(Durability.values()).map(d -> Arguments.of(c.get()[0], c.get()[1], d)));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void everyWayInRefusesWhatDoesNotFitAndSaysWhere(@Nullable Object answer, String where, Durability durability)
            throws Exception {
        Lab lab = asking(durability, FORM);
        String id = lab.workflow().state(T).only(FORM).id();

        Stream<Runnable> ways = Stream.of(
                () -> operator.answer("t", Command.resume(answer)),
                () -> operator.answer("t", Command.resume(id, answer)),
                () -> lab.workflow().invoke(Command.resume(answer), T),
                () -> lab.workflow().invoke(Command.resume(id, answer), T),
                () -> lab.workflow().invoke(Command.resumeAll(Collections.singletonMap(id, answer)), T));

        assertThat(ways.map(this::refused)).allSatisfy(refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.WRONG_TYPE);
            assertThat(refused).hasMessageContaining(where).hasMessageNotContaining("secret");
        });
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.INTERRUPTED);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void plainDataThatFitsIsTakenByEveryWayIn(Durability durability) throws Exception {
        Lab lab = asking(durability, FORM);
        String read = "Form[agreed=true, note=n, mood=CALM, choice=Take[amount=1], marks=[1, 2], votes={a=1}]";

        assertThat(lab.workflow()
                        .invoke(Command.resume(form("agreed", true)), T)
                        .value())
                .isEqualTo(read);
        lab.workflow().invoke("again", T);
        operator.answer("t", Command.resume(form("agreed", true)));
        assertThat(lab.workflow().invoke(Command.proceed(), T).value()).isEqualTo(read);
    }

    // --- null ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void nullAnswersOnlyAQuestionWhoseTypeSaysSo(Durability durability) throws Exception {
        InterruptKey<String, String> text = InterruptKey.of("q", String.class, String.class);
        Lab strict = asking(durability, text);
        assertThat(refused(() -> strict.workflow().invoke(Command.resume(null), T))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
        strict.workflow().invoke(Command.resume("A"), T);

        Lab lenient =
                asking(durability, InterruptKey.of("q", TypeRef.of(String.class), new TypeRef<@Nullable String>() {}));

        assertThat(lenient.workflow().invoke(Command.resume(null), T).value()).isEqualTo("null");
    }

    // --- types that change ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRecordThatWasRenamedAndMovedAnswersItsParkedQuestion(Durability durability) throws Exception {
        Lab lab = asking(durability, BEFORE);
        String id = lab.workflow().state(T).only(BEFORE).id();

        key.set(AFTER);
        PendingInterrupt<String, After.Decision> question =
                lab.restart().workflow().state(T).only(AFTER);

        assertThat(question.id()).isEqualTo(id);
        assertThat(lab.workflow()
                        .invoke(question.answer(new After.Decision(true, new After.Reasons("so", Optional.empty()))), T)
                        .value())
                .isEqualTo("Decision[approved=true, detail=Reasons[why=so, due=Optional.empty]]");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerFromOutsideIsTakenAfterItsRecordWasRenamed(Durability durability) throws Exception {
        Lab lab = asking(durability, BEFORE);
        operator.answer("t", Command.resume(PLAIN_VERDICT));

        key.set(AFTER);

        assertThat(lab.restart().workflow().invoke(Command.proceed(), T).value())
                .startsWith("Decision[approved=true");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aPendingQuestionStaysWhenItsRecordIsRenamedAndIsAskedAnewForAnotherType(Durability durability)
            throws Exception {
        key.set(BEFORE);
        store = newStore();
        Lab lab = opened(new Lab(store, durability)).body((input, calls, run) -> {
            var side = calls.scope("side", input, (in, c, r) -> "" + r.interrupt("1?") + r.interrupt("2?"));
            return run.interrupt(key.get(), "well?") + side.join();
        });
        lab.workflow().invoke("x", T);
        String before = lab.workflow().state(T).only(BEFORE).answerSchema().orElseThrow();

        key.set(AFTER);
        lab.restart().workflow().invoke(Command.resume(sideOf(lab), 1), T);
        assertThat(lab.workflow().state(T).only(AFTER).answerSchema()).contains(before);
        key.set(OTHER);
        lab.restart().workflow().invoke(Command.resume(sideOf(lab), 2), T);

        var question = lab.workflow().state(T).only(OTHER);
        assertThat(question.answerSchema()).isEqualTo(lab.workflow().schema(OTHER.answerType()));
        assertThat(lab.workflow().invoke(question.answer(new Other("c")), T).value())
                .isEqualTo("Other[choice=c]12");
    }

    private static String sideOf(Lab lab) {
        return lab.workflow().state(T).pending().stream()
                .filter(q -> q.name().equals("interrupt"))
                .map(PendingInterrupt::id)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aTypeThatWasWidenedOrGrewAnswersItsParkedQuestion(Durability durability) throws Exception {
        Lab grown = asking(durability, BEFORE);
        key.set(LONGER);
        var longer = grown.restart().workflow().state(T).only(LONGER);
        assertThat(grown.workflow()
                        .invoke(longer.answer(new Longer(true, new After.Reasons("so", Optional.empty()), "me")), T)
                        .value())
                .endsWith("by=me]");

        InterruptKey<String, Long> wide = InterruptKey.of("n", String.class, Long.class);
        Lab widened = asking(durability, InterruptKey.of("n", String.class, Integer.class));
        key.set(wide);
        var question = widened.restart().workflow().state(T).only(wide);

        assertThat(widened.workflow().invoke(question.answer(1L << 40), T).value())
                .isEqualTo("1099511627776");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aMemberThatWasAddedAfterTheAnswerIsEmpty(Durability durability) throws Exception {
        Lab lab = asking(durability, AFTER);
        operator.answer("t", Command.resume(PLAIN_VERDICT));

        key.set(LONGER);

        assertThat(lab.restart().workflow().invoke(Command.proceed(), T).value())
                .endsWith("by=null]");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anAnswerForAnotherTypeIsRejectedNotReadAsNothingAndTheQuestionWantsTheNewType(Durability durability)
            throws Exception {
        Lab lab = asking(durability, BEFORE);
        String id = lab.workflow().state(T).only(BEFORE).id();
        operator.answer("t", Command.resume(PLAIN_VERDICT));

        key.set(OTHER);
        AnswerRefusedException rejected = catchThrowableOfType(
                AnswerRefusedException.class, () -> lab.restart().workflow().invoke(Command.proceed(), T));
        PendingInterrupt<String, Other> question = lab.workflow().state(T).only(OTHER);

        assertThat(rejected.reason()).isEqualTo(Reason.REJECTED);
        assertThat(question.id()).isEqualTo(id);
        assertThat(question.answerSchema()).isEqualTo(lab.workflow().schema(OTHER.answerType()));
        assertThat(lab.workflow().invoke(question.answer(new Other("c")), T).value())
                .isEqualTo("Other[choice=c]");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theOnlyQuestionIsAnsweredAsTheCodeDeclaresItNow(Durability durability) throws Exception {
        Lab lab = asking(durability, BEFORE);
        key.set(OTHER);
        lab.close();
        lab.body(
                spec -> spec.questions(OTHER),
                (input, calls, run) -> String.valueOf((Object) run.interrupt(key.get(), "well?")));

        assertThat(lab.workflow().invoke(Command.resume(new Other("c")), T).value())
                .isEqualTo("Other[choice=c]");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aForkAsksWithTheSameSchema(Durability durability) throws Exception {
        Lab lab = asking(durability, FORM);
        var before = lab.workflow().state(T).only(FORM);

        var branch = lab.workflow().fork(T, ForkPoint.before(before.path()));
        lab.workflow().invoke(Command.proceed(), branch);

        assertThat(lab.workflow().state(T).only(FORM).answerSchema()).isEqualTo(before.answerSchema());
    }
}
