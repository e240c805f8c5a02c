package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Counting;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SecondDoor;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunResult.Completed;
import dev.clew.flow.RunResult.Interrupted;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invocations that meet on one thread at the same instant: exactly one wins, and the others are told. */
public abstract class AnswerRaceSuite extends EngineSuite {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);
    private static final int ROUNDS = 30;

    private final AtomicInteger taken = new AtomicInteger();
    private final Lab.Body asking = (input, calls, run) -> {
        String name = run.interrupt(NAME, "who?");
        return calls.task("use", name, in -> in + taken.incrementAndGet()).join();
    };

    @Tag("B124")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void oneOfTwoAnswersWinsInOneGraph(Durability durability) throws Exception {
        Lab lab = lab(durability).body(asking);

        raceForAnswers(lab.workflow(), lab.workflow());
    }

    @Tag("B124")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void oneOfTwoAnswersWinsBetweenTwoGraphs(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab ann = opened(new Lab(store, durability)).body(asking);
        Lab bob = opened(new Lab(new SecondDoor(store), durability)).body(asking);

        raceForAnswers(ann.workflow(), bob.workflow());
    }

    private void raceForAnswers(Workflow<String, String> ann, Workflow<String, String> bob) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            RunConfig thread = RunConfig.thread("t" + round);
            String id =
                    ((Interrupted<String>) ann.invoke("x", thread)).only(NAME).id();
            taken.set(0);

            List<Object> ended = race(
                    () -> ann.invoke(Command.resume(id, "ann"), thread),
                    () -> bob.invoke(Command.resume(id, "bob"), thread));

            assertThat(ended).filteredOn(Completed.class::isInstance).hasSize(1);
            assertThat(ended)
                    .filteredOn(e -> e instanceof AnswerRefusedException || e instanceof ThreadBusyException)
                    .hasSize(1);
            assertThat(taken).hasValue(1);
        }
    }

    @Tag("B141")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void oneOfSeveralInputsRunsOnAFreshThread(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            taken.incrementAndGet();
            return calls.task("work", input, in -> in).join();
        });
        Workflow<String, String> workflow = lab.workflow();
        for (int round = 0; round < ROUNDS; round++) {
            RunConfig thread = RunConfig.thread("t" + round);
            taken.set(0);
            Supplier<RunResult<String>> input = () -> workflow.invoke("x", thread);

            List<Object> ended = race(input, input, input);

            long ran = ended.stream().filter(Completed.class::isInstance).count();
            assertThat(ran).isBetween(1L, 3L).isEqualTo(taken.get());
            assertThat(ended).allMatch(e -> e instanceof Completed || e instanceof ThreadBusyException);
        }
    }

    @Tag("B141")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void concurrentInputsThatWaitEachBuildOnTheOneBefore(Durability durability) throws Exception {
        Workflow<String, String> workflow =
                lab(durability).spec(Counting.spec()).workflow();
        RunConfig patient = T.whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(20)));
        Supplier<RunResult<String>> input = () -> workflow.invoke("+", patient);

        List<Object> ended = race(input, input, input, input, input);

        assertThat(ended)
                .extracting(e -> (Object) ((Completed<?>) e).value())
                .containsExactlyInAnyOrder("+", "++", "+++", "++++", "+++++");
    }

    @SafeVarargs
    private static List<Object> race(Supplier<RunResult<String>>... contenders) throws Exception {
        CyclicBarrier start = new CyclicBarrier(contenders.length);
        List<CompletableFuture<Object>> running = new ArrayList<>();
        for (Supplier<RunResult<String>> contender : contenders) {
            CompletableFuture<Object> ended = new CompletableFuture<>();
            running.add(ended);
            new Thread(() -> {
                        try {
                            start.await();
                            ended.complete(contender.get());
                        } catch (Throwable refused) {
                            ended.complete(refused);
                        }
                    })
                    .start();
        }
        List<Object> results = new ArrayList<>();
        for (CompletableFuture<Object> ended : running) {
            results.add(ended.get(30, TimeUnit.SECONDS));
        }
        return results;
    }
}
