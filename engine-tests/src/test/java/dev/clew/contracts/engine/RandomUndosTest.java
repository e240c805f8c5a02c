package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.effect.UndoDecision;
import dev.clew.effect.UndoFailed;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ThreadStatus;
import dev.clew.task.TaskFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random programs of calls, scopes, retries and failures, whose processes die at random places of the body and of the undo: each
 * effect is undone at least once, in the reverse order of beginning, or a person has skipped it.
 */
@Timeout(300)
class RandomUndosTest extends UndoFixture implements OnMemory {
    private static final int PROGRAMS = Integer.getInteger("clew.undos", 300);

    private final Set<String> began = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Set<String> happened = ConcurrentHashMap.newKeySet();
    private final Set<String> skipped = ConcurrentHashMap.newKeySet();
    private final List<String> takenBack = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> troubled = ConcurrentHashMap.newKeySet();

    /** A store that is gone for its process from this call on. */
    private static final class Cut extends ForwardingCheckpointer {
        private final AtomicInteger left;

        Cut(Checkpointer store, int after) {
            super(store);
            this.left = new AtomicInteger(after);
        }

        @Override
        protected void before(String call) {
            if (left.getAndDecrement() <= 0) {
                throw new CheckpointException("cut");
            }
        }
    }

    @Test
    void eachEffectIsUndoneInReverseOrderOrSkipped() throws Exception {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            began.clear();
            happened.clear();
            skipped.clear();
            takenBack.clear();
            troubled.clear();
            booked.clear();
            program(seed);
        }
    }

    private void program(int seed) throws Exception {
        Random random = new Random(seed);
        Durability durability = Durability.values()[random.nextInt(3)];
        int troubles = random.nextInt(3);
        TaskSpec<String> book = book(
                spec -> spec,
                (what, context) -> {
                    began.add(context.effectId());
                    happened.add(context.effectId());
                    return book(what, context);
                },
                takingBack(seed, troubles));
        TaskSpec<String> pay = found(pay((what, context) -> {
                    began.add(context.effectId());
                    boolean fails = new Random(seed ^ what.hashCode()).nextInt(3) == 0 && context.attempt() == 1;
                    if (fails && what.hashCode() % 2 == 0) {
                        throw new IOException("before it was paid");
                    }
                    happened.add(context.effectId());
                    String receipt = book(what, context);
                    if (fails) {
                        throw new IOException("after it was paid");
                    }
                    return receipt;
                }))
                .undo(FOUND, takingBack(seed, troubles))
                .spec();
        Checkpointer store = newStore();
        Lab lab = new Lab(store, durability);
        agency(lab, List.of(book, pay), (input, calls, run) -> {
            steps(new Random(seed), calls, book, pay, 0);
            throw new IllegalStateException("the end");
        });
        die(new Lab(new Cut(store, random.nextBoolean() ? 4 + random.nextInt(60) : 10_000), durability), lab);
        if (lab.workflow().state("t").runId() == null) {
            lab.close();
            return;
        }
        if (lab.workflow().state("t").status() != ThreadStatus.FAILED) {
            lab.workflow().cancel("t");
        }
        lab.close();
        for (int deaths = random.nextInt(3); deaths > 0; deaths--) {
            Lab dying = new Lab(new Cut(store, 2 + random.nextInt(40)), durability);
            undo(dying, lab, random);
        }
        RunResult<String> end = undone(lab, random);
        assertThat(end).as("seed %s", seed).isInstanceOf(RunResult.Undone.class);
        List<String> expected = new ArrayList<>(began);
        Collections.reverse(expected);
        expected.removeIf(id ->
                !happened.contains(id) && id.contains("task:pay") || skipped.contains(id) && !takenBack.contains(id));
        // What was called, and did not begin before its process died, is undone as well.
        takenBack.removeIf(id -> !began.contains(id));
        assertThat(new ArrayList<>(new LinkedHashSet<>(takenBack)))
                .as("seed %s", seed)
                .isEqualTo(expected);
        lab.close();
    }

    private dev.clew.spi.TaskBody<Object> takingBack(int seed, int troubles) {
        return call -> {
            String id = call.taskContext().effectId();
            boolean fails = new Random(seed + id.hashCode()).nextInt(4) < troubles && troubled.add(id);
            if (fails) {
                throw new IOException("not now");
            }
            takenBack.add(id);
            booked.remove(id);
            return null;
        };
    }

    /** The same calls for the same seed. */
    private static void steps(Random random, Lab.Calls calls, TaskSpec<String> book, TaskSpec<String> pay, int depth) {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(depth < 2 ? 4 : 3);
            String what = "d" + depth + "n" + i + "r" + random.nextInt(100);
            if (kind == 0) {
                calls.raw().call(pay, what).join();
            } else if (kind < 3) {
                calls.raw().call(book, what).join();
            } else {
                scope(random.nextLong(), random.nextBoolean(), calls, book, pay, depth);
            }
        }
    }

    private static void scope(
            long seed, boolean fails, Lab.Calls calls, TaskSpec<String> book, TaskSpec<String> pay, int depth) {
        try {
            calls.scope("inner", spec -> spec.retry(UndoSuite.once()), "", (s, inner, run) -> {
                        steps(new Random(seed), inner, book, pay, depth + 1);
                        if (fails) {
                            throw new IllegalStateException("the scope");
                        }
                        return s;
                    })
                    .join();
        } catch (TaskFailedException handled) {
            calls.raw().call(book, "after").join();
        }
    }

    /** The body runs in a process that may die. */
    private static void die(Lab dying, Lab lab) {
        dying.spec(lab.spec());
        try {
            RunResult<String> unused = dying.workflow().invoke("x", RUN);
        } catch (RuntimeException failedOrDead) {
            assertThat(failedOrDead).isNotNull();
        }
        dying.graph().engine().crash();
    }

    /** The undo runs in a process that may die. */
    private void undo(Lab dying, Lab lab, Random random) {
        dying.spec(lab.spec());
        try {
            RunResult<String> unused = undone(dying, random);
        } catch (RuntimeException dead) {
            assertThat(dead).isNotNull();
        }
        dying.graph().engine().crash();
    }

    private RunResult<String> undone(Lab lab, Random random) {
        RunResult<String> result = lab.workflow().invoke(Command.undo(), T);
        while (result instanceof RunResult.Interrupted<String> asks) {
            var question = asks.only(UndoFailed.KEY);
            boolean skips = random.nextBoolean();
            if (skips) {
                // If the process dies now, the answer is stored or not.
                skipped.add(question.value().effectId());
            }
            result = lab.workflow()
                    .invoke(question.answer(skips ? UndoDecision.skip("by hand") : UndoDecision.again()), T);
        }
        return result;
    }
}
