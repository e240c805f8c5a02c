package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Lab;
import dev.clew.effect.Once;
import dev.clew.effect.Resolution;
import dev.clew.effect.UndoDecision;
import dev.clew.effect.UndoFailed;
import dev.clew.effect.Undoable;
import dev.clew.effect.UnknownOutcome;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.TaskContext;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.spi.TaskBody;
import dev.clew.spi.TaskSpec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A travel agency: tasks that book and are undone, and workflows around them. */
abstract class UndoFixture extends EngineSuite {
    static final TypeRef<String> TEXT = TypeRef.of(String.class);
    static final TypeRef<Optional<String>> FOUND = new TypeRef<>() {};
    static final InterruptKey<UnknownOutcome, Resolution<String>> PAID =
            InterruptKey.of("pay.outcome", TypeRef.of(UnknownOutcome.class), new TypeRef<Resolution<String>>() {});
    static final RunConfig RUN = T.runId("r");

    /** The outside world: what is booked, by effect id. */
    final Map<String, String> booked = new ConcurrentHashMap<>();

    /** What was undone, in that order, with what was known of it. */
    final List<String> undone = new CopyOnWriteArrayList<>();

    /** The step ids and effect ids with which it was undone. */
    final List<String> undoneAs = new CopyOnWriteArrayList<>();

    /** A body. */
    @FunctionalInterface
    interface Act {
        String act(String what, TaskContext context) throws Exception;
    }

    String book(String what, TaskContext context) {
        booked.put(context.effectId(), what);
        return "ticket of " + what;
    }

    TaskSpec.Builder<String> spec(String name) {
        return TaskSpec.of(name, TEXT)
                .method("Agency", name + "(java.lang.String)")
                .parameter("what", TEXT);
    }

    TaskBody<Object> cancelling() {
        return cancelling((what, context) -> "");
    }

    /** Undoes after this has passed. */
    TaskBody<Object> cancelling(Act before) {
        return call -> {
            String what = call.<String>arg(0);
            String unused = before.act(what, call.taskContext());
            undone.add(what + ": " + call.<Optional<String>>arg(1).orElse("nothing known"));
            undoneAs.add(
                    call.taskContext().stepId() + " of " + call.taskContext().effectId());
            booked.remove(call.taskContext().effectId());
            return null;
        };
    }

    /** A task that may be repeated. */
    TaskSpec<String> book(UnaryOperator<TaskSpec.Builder<String>> policies, Act body, TaskBody<Object> undo) {
        return Undoable.of(policies.apply(spec("book")).leaf(call -> body.act(call.<String>arg(0), call.taskContext())))
                .undo(FOUND, undo)
                .spec();
    }

    TaskSpec<String> book() {
        return book(UnaryOperator.identity(), this::book, cancelling());
    }

    TaskSpec<String> book(TaskBody<Object> undo) {
        return book(UnaryOperator.identity(), this::book, undo);
    }

    /** A task whose effect must not happen twice. */
    Once<String> pay(Act body) {
        return Once.of(spec("pay").leaf(call -> body.act(call.<String>arg(0), call.taskContext())), PAID)
                .settle(Duration.ZERO)
                .undo(FOUND, cancelling());
    }

    Once<String> found(Once<String> pay) {
        return pay.reconcile(
                FOUND,
                call -> Optional.ofNullable(booked.get(call.taskContext().effectId()))
                        .map(what -> "found " + what));
    }

    /** A workflow of these tasks. */
    Lab agency(Durability durability, List<TaskSpec<?>> tasks, Lab.Body body) throws Exception {
        return agency(lab(durability), tasks, body);
    }

    static Lab agency(Lab lab, List<TaskSpec<?>> tasks, Lab.Body body) {
        return lab.body(flow -> flow.tasks(tasks.toArray(TaskSpec<?>[]::new)), body);
    }

    /** Books a flight and a hotel, and fails. */
    static Lab.Body failing(TaskSpec<String> book) {
        return (input, calls, run) -> {
            String flight = calls.raw().call(book, "flight").join();
            String hotel = calls.raw().call(book, "hotel").join();
            throw new IllegalStateException("no car for " + flight + " and " + hotel);
        };
    }

    static PendingInterrupt<UndoFailed, UndoDecision> undoFailed(RunResult<String> result) {
        assertThat(result).isInstanceOf(RunResult.Interrupted.class);
        return ((RunResult.Interrupted<String>) result).only(UndoFailed.KEY);
    }

    @SuppressWarnings("unchecked") // the lab has one workflow
    static RunResult<String> recovered(Lab lab) {
        return (RunResult<String>) lab.graph().recover().run("t").orElseThrow().join();
    }
}
