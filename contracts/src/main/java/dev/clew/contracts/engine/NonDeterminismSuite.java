package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.OnNonDeterminism;
import dev.clew.contracts.SharedResources;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.LogCapture;
import dev.clew.flow.Durability;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code that does not match its log is found before anything is recorded, and a fix goes on with what is kept. */
@Timeout(20)
public abstract class NonDeterminismSuite extends TaskSuite {
    private static String call(Lab.Calls calls, String name, String argument) {
        return calls.task(name, argument, s -> s).join();
    }

    private static final Lab.Body GOOD =
            (input, calls, run) -> call(calls, "a", "1") + call(calls, "b", "2") + pause(run);

    private static Lab.Body nested(Lab.Body body) {
        return (input, calls, run) -> calls.scope("outer", input, body).join();
    }

    /** A deploy brings bad code to a paused thread; the log stays, the thread is blocked, a fix goes on. */
    private void isFound(Durability durability, Lab.Body good, Lab.Body bad, String... says) throws Exception {
        Lab lab = lab(durability).body(good);
        lab.workflow().invoke("in", T);
        List<String> before = log(lab);

        lab.body(bad);
        Throwable thrown = catchThrowable(() -> lab.workflow().invoke(Command.resume("on"), T));
        var blocked = lab.workflow().state(T);
        List<String> after = log(lab);

        assertThat(thrown).isInstanceOf(NonDeterminismException.class).hasMessageContainingAll(says);
        assertThat(thrown).hasMessageContainingAll("thread 't'", "run.patched(id)", "proceed()");
        assertThat(blocked.status()).isEqualTo(ThreadStatus.BLOCKED);
        assertThat(blocked.blockedBy()).isEqualTo(thrown.getMessage());
        assertThat(after).startsWith(before.toArray(String[]::new)).hasSize(before.size() + 1);
        lab.body(good);
        assertThat(proceed(lab)).isEqualTo("12on");
        assertThat(lab.ran("a")).isEqualTo(1);
        assertThat(lab.ran("b")).isEqualTo(1);
    }

    @Tag("B035")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aChangedArgument(Durability durability) throws Exception {
        Lab.Body bad = (input, calls, run) -> call(calls, "a", "1") + call(calls, "b", "other") + pause(run);

        isFound(durability, GOOD, bad, "task:b#1", "other arguments", "b(String)", "only their values differ");
        isFound(durability, nested(GOOD), nested(bad), "task:outer#1/task:b#1", "other arguments");
    }

    @Tag("B037")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInsertedCall(Durability durability) throws Exception {
        Lab.Body same = (input, calls, run) ->
                call(calls, "a", "0") + call(calls, "a", "1") + call(calls, "b", "2") + pause(run);
        Lab.Body other = (input, calls, run) ->
                call(calls, "new", "0") + call(calls, "a", "1") + call(calls, "b", "2") + pause(run);
        Lab.Body late = (input, calls, run) ->
                call(calls, "a", "1") + call(calls, "b", "2") + call(calls, "c", "") + pause(run);

        isFound(durability, GOOD, same, "task:a#1", "other arguments");
        isFound(durability, GOOD, other, "call 1 of the scope was recorded as 'task:a#1'", "'task:new#1'");
        isFound(durability, nested(GOOD), nested(late), "ask:go#1", "task:outer#1/task:c#1");
    }

    @Tag("B036")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRenamedCall(Durability durability) throws Exception {
        Lab.Body bad = (input, calls, run) -> call(calls, "a", "1") + call(calls, "bb", "2") + pause(run);

        isFound(durability, GOOD, bad, "'task:b#1'", "'task:bb#1'");
        isFound(durability, nested(GOOD), nested(bad), "'task:outer#1/task:bb#1'");
    }

    @Tag("B040")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aRemovedCall(Durability durability) throws Exception {
        Lab.Body bad = (input, calls, run) -> call(calls, "b", "2") + pause(run);

        isFound(durability, GOOD, bad, "task:b#1", "recorded as call 2", "now call 1");
        isFound(durability, nested(GOOD), nested(bad), "task:outer#1/task:b#1");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void reorderedCalls(Durability durability) throws Exception {
        Lab.Body bad = (input, calls, run) -> call(calls, "b", "2") + call(calls, "a", "1") + pause(run);

        isFound(durability, GOOD, bad, "task:b#1", "recorded as call 2");
    }

    @Tag("B040")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void stepsThatAreLeftOver(Durability durability) throws Exception {
        isFound(durability, GOOD, (input, calls, run) -> call(calls, "a", "1"), "task:b#1", "without calling it");
        isFound(durability, nested(GOOD), (input, calls, run) -> input, "task:outer#1", "without calling it");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aScopeThatStaysParkedIsNotLookedAt(Durability durability) throws Exception {
        Lab.Body good = (input, calls, run) -> {
            TaskFuture<String> parked = calls.scope("parked", input, (s, c, r) -> call(c, "x", s) + pause(r));
            return run.interrupt(GO, "root?") + parked.join();
        };
        Lab.Body bad = (input, calls, run) -> {
            TaskFuture<String> parked = calls.scope("parked", input, (s, c, r) -> call(c, "y", s) + pause(r));
            return run.interrupt(GO, "root?") + parked.join();
        };
        Lab lab = lab(durability).body(good);
        lab.workflow().invoke("in", T);
        var root = lab.workflow().state(T).all(GO).stream()
                .filter(q -> q.value().equals("root?"))
                .findFirst()
                .orElseThrow();

        assertThat(paused(lab.body(bad).workflow().invoke(root.answer("r"), T))).isTrue();
        Throwable thrown = catchThrowable(() -> lab.workflow().invoke(Command.resume("p"), T));

        assertThat(thrown).hasMessageContaining("task:parked#1/task:y#1");
        assertThat(proceed(lab.body(good))).isEqualTo("rinp");
    }

    @Tag("B039")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void moreCallsThanRecordedRun(Durability durability) throws Exception {
        Lab lab = lab(durability).body(GOOD);
        lab.workflow().invoke("in", T);
        lab.body((input, calls, run) ->
                call(calls, "a", "1") + call(calls, "b", "2") + pause(run) + call(calls, "c", "3"));

        assertThat(lab.workflow().invoke(Command.resume("on"), T).value()).isEqualTo("12on3");
    }

    public record Order(String id) {}

    public record OrderWithNote(String id, List<String> notes, int count, boolean urgent, String by) {}

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aNewFieldThatIsEmptyStrandsNobody(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> ship(calls, Order.class, new Order(input)) + pause(run));
        lab.workflow().invoke("in", T);
        lab.body((input, calls, run) ->
                ship(calls, OrderWithNote.class, new OrderWithNote(input, List.of(), 0, false, null)) + pause(run));

        assertThat(lab.workflow().invoke(Command.resume("on"), T).value()).isEqualTo("shippedon");
    }

    private static <O> String ship(Lab.Calls calls, Class<O> type, O order) {
        TaskSpec<String> ship = TaskSpec.of("ship", TypeRef.of(String.class))
                .parameter("order", TypeRef.of(type))
                .leaf(call -> "shipped");
        return calls.raw().call(ship, order).join();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aMigrationWindowOnlyWarns(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .options(graph -> graph.onNonDeterminism(OnNonDeterminism.WARN))
                .body((input, calls, run) ->
                        call(calls, "a", "1") + call(calls, "b", "2") + call(calls, "gone", "3") + pause(run));
        lab.workflow().invoke("in", T);
        lab.body((input, calls, run) ->
                call(calls, "new", "n") + call(calls, "b", "2") + call(calls, "a", "other") + pause(run));

        assertThat(lab.workflow().invoke(Command.resume("on"), T).value()).isEqualTo("n21on");
        assertThat(lab.ran()).containsExactly("a", "b", "gone", "new");
        assertThat(lab.workflow().state(T).status()).isEqualTo(ThreadStatus.IDLE);
    }

    @Test
    @ResourceLock(SharedResources.LOG)
    void aMigrationWindowLogsEachMismatchOnce() throws Exception {
        RunConfig window = RunConfig.thread("migration window");
        Lab lab = lab(Durability.SYNC)
                .options(graph -> graph.onNonDeterminism(OnNonDeterminism.WARN))
                .body((input, calls, run) -> call(calls, "a", "1") + pause(run) + pause(run));
        lab.workflow().invoke("in", window);
        lab.body((input, calls, run) -> call(calls, "a", "other") + pause(run) + pause(run));
        try (LogCapture log = new LogCapture()) {
            lab.workflow().invoke(Command.resume("on"), window);
            lab.workflow().invoke(Command.resume("on"), window);

            assertThat(log.count("was recorded with other arguments[^\\n]*in thread 'migration window'"))
                    .isOne();
        }
        assertThat(lab.workflow().state(window).value()).isEqualTo("1onon");
    }

    private static final Lab.Body PATCHED = (input, calls, run) ->
            call(calls, "a", "1") + (run.patched("b2") ? call(calls, "b2", "3") : call(calls, "b", "2")) + pause(run);

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aPatchKeepsOldThreadsOnTheOldCode(Durability durability) throws Exception {
        Lab lab = lab(durability).body(GOOD);
        lab.workflow().invoke("in", T);

        assertThat(lab.body(PATCHED).workflow().invoke(Command.resume("on"), T).value())
                .isEqualTo("12on");
        assertThat(lab.ran()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aPatchTakesNewThreadsToTheNewCodeAndCanBeRetired(Durability durability) throws Exception {
        Lab lab = lab(durability).body(PATCHED);
        lab.workflow().invoke("in", T);
        lab.body((input, calls, run) -> call(calls, "a", "1") + call(calls, "b2", "3") + pause(run));

        assertThat(lab.workflow().invoke(Command.resume("on"), T).value()).isEqualTo("13on");
        assertThat(lab.ran()).containsExactly("a", "b2");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theFirstAnswerOfAPatchHoldsInItsScopeThroughALoop(Durability durability) throws Exception {
        Lab.Body patched = (input, calls, run) -> {
            StringBuilder seen = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                seen.append(run.patched("p") ? "P" : "-").append(call(calls, "a", "" + i));
                if (i == 1) {
                    seen.append(pause(run));
                }
            }
            return seen.toString();
        };
        Lab old = lab(durability)
                .body((input, calls, run) ->
                        call(calls, "a", "0") + call(calls, "a", "1") + pause(run) + call(calls, "a", "2"));
        old.workflow().invoke("in", T);
        Lab fresh = lab(durability).body(patched);
        fresh.workflow().invoke("in", T);

        assertThat(old.body(patched).workflow().invoke(Command.resume("on"), T).value())
                .isEqualTo("-0-1on-2");
        assertThat(resume(fresh)).isEqualTo("P0P1onP2");
    }
}
