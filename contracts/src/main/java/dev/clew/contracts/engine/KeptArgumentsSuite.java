package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.Operator;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.json.JsonCodec;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ForkPoint;
import dev.clew.state.StepArgument;
import dev.clew.state.StepState;
import dev.clew.value.Codec;
import dev.clew.value.EncryptingCodec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What steps were called with is kept beside their digests: state shows it, and mismatches say what differs. */
@Timeout(20)
public abstract class KeptArgumentsSuite extends TaskSuite {
    public record Item(String sku, int count) {}

    public record Order(String id, List<Item> items, String note) {}

    private static String charge(Lab.Calls calls, int amount, Order order) {
        TaskSpec<String> charge = TaskSpec.of("charge", TypeRef.of(String.class))
                .method("Shop", "charge(int, Order)")
                .parameter("amount", TypeRef.of(int.class))
                .parameter("order", TypeRef.of(Order.class))
                .leaf(call -> "paid");
        return calls.raw().call(charge, amount, order).join();
    }

    private static Order order(int count) {
        return new Order("o-1", List.of(new Item("a", 1), new Item("b", count)), "");
    }

    private static Lab.Body charging(int amount, int count) {
        return (input, calls, run) -> charge(calls, amount, order(count)) + pause(run);
    }

    private static Lab.Body shouting(String text) {
        return (input, calls, run) -> calls.task("shout", text, s -> "!").join() + pause(run);
    }

    /** The message of the mismatch that a paused run has with other code. */
    private static String mismatch(Lab lab, Lab.Body good, Lab.Body bad) {
        lab.body(good).workflow().invoke("in", T);
        lab.body(bad);
        Throwable thrown = catchThrowable(() -> lab.workflow().invoke(Command.resume("on"), T));
        assertThat(thrown).isInstanceOf(NonDeterminismException.class);
        assertThat(lab.workflow().state(T).blockedBy()).isEqualTo(thrown.getMessage());
        lab.body(good);
        assertThat(proceed(lab)).endsWith("on");
        return thrown.getMessage();
    }

    // --- messages ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aMismatchSaysWhatWasRecordedAndWhatIsCalled(Durability durability) throws Exception {
        assertThat(mismatch(lab(durability), charging(5, 2), charging(7, 2)))
                .contains(
                        "it was recorded with {amount: 5, order: {id: \"o-1\"",
                        "and is called with {amount: 7, ",
                        "; amount was 5 and is 7, in thread 't'");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aMismatchNamesThePathOfTheFirstDifference(Durability durability) throws Exception {
        assertThat(mismatch(lab(durability), charging(5, 2), charging(5, 3)))
                .contains("; order.items[1].count was 2 and is 3, in thread");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aMismatchOfATimerSaysBothDurations(Durability durability) throws Exception {
        assertThat(mismatch(
                        lab(durability),
                        (input, calls, run) -> {
                            run.timer(Duration.ofHours(1));
                            return pause(run);
                        },
                        (input, calls, run) -> {
                            run.timer(Duration.ofHours(2));
                            return pause(run);
                        }))
                .contains("duration was \"PT1H\" and is \"PT2H\"");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anotherStepsMismatchSaysWhatTheRecordedOneWasCalledWith(Durability durability) throws Exception {
        assertThat(mismatch(
                        lab(durability),
                        charging(5, 2),
                        (input, calls, run) -> calls.task("other", "x", s -> s).join() + pause(run)))
                .contains("'task:charge#1' (charge(int, Order)) called with {amount: 5, order: {");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aLongArgumentIsComparedAsFarAsItIsKept(Durability durability) throws Exception {
        String beginning = "é".repeat(500);
        String end = "x".repeat(10_000);

        assertThat(mismatch(lab(durability), shouting(beginning + "1" + end), shouting(beginning + "2" + end)))
                .contains("argument differs from byte 1001 of its stored form on", "1xxx", "2xxx");
        assertThat(mismatch(lab(durability), shouting(end), shouting(end + "yy")))
                .contains("argument had 10002 bytes and has 10004, of which the first ");
        assertThat(mismatch(lab(durability), shouting(end + "1"), shouting(end + "2")))
                .contains("no difference shows in what is kept of them");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void switchedOffAMismatchSaysOnlyThatTheValuesDiffer(Durability durability) throws Exception {
        Lab lab = lab(durability).options(graph -> graph.keepArguments(false));

        assertThat(mismatch(lab, shouting("a secret"), shouting("another")))
                .contains("only their values differ")
                .doesNotContain("secret", "another");
        assertThat(step(lab, "task:shout#1").arguments()).isEmpty();
        assertThat(bytes(lab)).doesNotContain("secret");
    }

    // --- state ---

    @ParameterizedTest
    @EnumSource(Durability.class)
    void stateAndTheInspectorShowWhatStepsWereCalledWith(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            calls.scope("outer", input, (in, c, r) -> charge(c, 5, order(2))).join();
            calls.task("fail", t -> t.retry(attempts(2).build()), "f", s -> {
                        throw new java.io.IOException("down");
                    })
                    .cancel();
            return pause(run);
        });
        lab.workflow().invoke("in", T);

        List<Map<String, Object>> items = List.of(Map.of("sku", "a", "count", 1), Map.of("sku", "b", "count", 2));
        Map<String, Object> plain = Map.of("id", "o-1", "items", items, "note", "");
        for (int i = 0; i < 2; i++) {
            assertThat(step(lab, "task:outer#1").arguments())
                    .containsExactly(new StepArgument("argument", "in", false));
            List<StepArgument> charged = step(lab, "task:outer#1/task:charge#1").arguments();
            assertThat(charged.get(0)).hasToString("amount: 5");
            assertThat(charged.get(1).name()).isEqualTo("order");
            assertThat(charged.get(1).value()).isEqualTo(plain);
            assertThat(step(lab, "ask:go#1").arguments()).isEmpty();
            lab.restart();
        }
        assertThat(Operator.of(store).log("t"))
                .anySatisfy(logged ->
                        assertThat(logged.state().arguments().toString()).isEqualTo("[argument: in]"));
        assertThat(resume(lab)).isEqualTo("on");
        assertThat(step(lab, "task:outer#1").arguments()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailedAttemptShowsItBeforeTheNextOne(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            return calls.task("fail", t -> t.retry(attempts(3).build()), input, s -> {
                        throw new java.io.IOException("down");
                    })
                    .join();
        });
        quietly(() -> lab.workflow().invoke("in", T));

        assertThat(step(lab, "task:fail#1").attempts()).isEqualTo(3);
        assertThat(step(lab, "task:fail#1").arguments()).hasToString("[argument: in]");
        assertThat(count(bytes(lab), "argument"))
                .as("kept once for all attempts")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatIsLongerThanFourKilobytesIsCutAndSaysSo(Durability durability) throws Exception {
        for (int shift = 0; shift < 4; shift++) {
            String text = "a".repeat(shift) + "😀".repeat(5_000);
            Lab lab = lab(durability).body(shouting(text));
            lab.workflow().invoke("in", T);

            StepArgument kept = step(lab, "task:shout#1").arguments().get(0);

            assertThat(kept.cut()).isTrue();
            assertThat((String) kept.value())
                    .startsWith("\"" + text.substring(0, 1_000))
                    .doesNotContain("\uFFFD")
                    .endsWith(" of " + (20_002 + shift) + " bytes)")
                    .contains("… (cut: the first ");
            assertThat(((String) kept.value()).getBytes(StandardCharsets.UTF_8).length)
                    .isBetween(4_000, 4_096 + 60);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aLongArgumentLeavesRoomForTheShortOnes(Durability durability) throws Exception {
        Lab.Body body =
                (input, calls, run) -> charge(calls, 5, new Order("o", List.of(), "n".repeat(100_000))) + pause(run);
        Lab lab = lab(durability).body(body);
        lab.workflow().invoke("in", T);

        StepState charged = step(lab, "task:charge#1");

        assertThat(charged.arguments().get(0)).isEqualTo(new StepArgument("amount", 5, false));
        assertThat(charged.arguments().get(1).cut()).isTrue();
    }

    // --- protection, and copies ---

    private static Codec encrypting(String key) {
        byte[] bytes = Arrays.copyOf(key.getBytes(StandardCharsets.UTF_8), 32);
        return EncryptingCodec.builder(JsonCodec.standard())
                .key(key, new SecretKeySpec(bytes, "AES"))
                .current(key)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theyAreProtectedByTheCodecAndReadableInAFork(Durability durability) throws Exception {
        Lab lab = lab(durability).options(graph -> graph.codec(encrypting("k1")));
        Lab.Body body = (input, calls, run) -> {
            run.timer(Duration.ofHours(1));
            calls.scope("outer", "a secret", (in, c, r) -> in).join();
            return pause(run);
        };
        lab.body(body).workflow().invoke("in", T);

        assertThat(bytes(lab)).doesNotContain("secret");
        assertThat(step(lab, "task:outer#1").arguments()).hasToString("[argument: a secret]");
        RunConfig fork = lab.workflow().fork(T, ForkPoint.after("task:outer#1"));
        lab.workflow().invoke(Command.proceed(), fork);
        assertThat(lab.workflow().state(fork).steps())
                .filteredOn(step -> step.path().equals("task:outer#1"))
                .singleElement()
                .satisfies(step -> assertThat(step.arguments()).hasToString("[argument: a secret]"));
        assertThat(lab.ran("outer")).isEqualTo(1);
        assertThat(lab.workflow()
                        .state(fork)
                        .step("timer:timer#1")
                        .orElseThrow()
                        .arguments())
                .hasToString("[duration: PT1H]");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void stateOfArgumentsThatCannotBeReadSaysSo(Durability durability) throws Exception {
        Lab lab = lab(durability).options(graph -> graph.codec(encrypting("k1")));
        lab.body((input, calls, run) -> calls.task("shout", input, s -> s).join());
        lab.workflow().invoke("in", T);
        try (Operator other = Operator.of(store, encrypting("k2"))) {
            assertThat(other.state("t").step("task:shout#1").orElseThrow().arguments())
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.toString()).contains("cannot be read", "k1"));
        }
    }

    private String bytes(Lab lab) {
        StringBuilder all = new StringBuilder();
        String run = String.valueOf(lab.workflow().state(T).runId());
        store.scan("t", run, 0, entry -> all.append(new String(entry.bytes(), StandardCharsets.UTF_8)));
        return all.toString();
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
