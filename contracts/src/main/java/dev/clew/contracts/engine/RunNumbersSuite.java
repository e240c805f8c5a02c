package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.state.ForkPoint;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The runs of a thread are numbered from 1 in the order in which they are opened. */
@Timeout(20)
public abstract class RunNumbersSuite extends EngineSuite {
    private static Lab shouting(Lab lab) {
        return lab.body(
                (input, calls, run) -> calls.task("shout", input, s -> s + "!").join());
    }

    private static int number(Lab lab, String thread) {
        return lab.workflow().state(thread).runNumber();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void eachNewRunOfAThreadHasTheNextNumber(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab lab = shouting(opened(new Lab(store, durability)));
        assertThat(number(lab, "t")).isZero();

        for (int expected = 1; expected <= 3; expected++) {
            lab.workflow().invoke("x", T);

            assertThat(number(lab, "t")).isEqualTo(expected);
            assertThat(store.thread("t").orElseThrow().runs()).isEqualTo(expected);
        }
        lab.workflow().invoke("x", RunConfig.thread("other"));

        assertThat(number(lab, "other")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void runThatIsContinuedKeepsItsNumber(Durability durability) throws Exception {
        Lab lab = opened(new Lab(newStore(), durability)).body((input, calls, run) -> input + run.interrupt("who?"));
        lab.workflow().invoke("x", T);

        lab.restart().workflow().invoke(Command.resume("Ada"), T);

        assertThat(number(lab, "t")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void forkIsANewRun(Durability durability) throws Exception {
        Lab lab = shouting(opened(new Lab(newStore(), durability)));
        lab.workflow().invoke("x", T);

        lab.workflow().fork(T, ForkPoint.before("task:shout#1"));

        assertThat(number(lab, "t")).isEqualTo(2);
        lab.workflow().invoke(Command.proceed(), T);
        assertThat(number(lab, "t")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void copyOfAThreadHasTheNumbersOfItsRuns(Durability durability) throws Exception {
        Checkpointer store = newStore();
        Lab lab = shouting(opened(new Lab(store, durability)));
        lab.workflow().invoke("x", T.runId("one"));
        lab.workflow().invoke("y", T.runId("two"));

        lab.graph().copyThread("t", "copy");

        assertThat(store.run("copy", "one").orElseThrow().number()).isEqualTo(1);
        assertThat(store.run("copy", "two").orElseThrow().number()).isEqualTo(2);
        lab.workflow().invoke("z", RunConfig.thread("copy"));
        assertThat(number(lab, "copy")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void numberOfADeletedRunIsNotUsedAgain(Durability durability) throws Exception {
        Lab lab = shouting(opened(new Lab(newStore(), durability)));
        lab.workflow().invoke("x", T);
        lab.workflow().invoke("y", T);
        lab.workflow().updateState(T, "z");
        lab.graph().keepLast("t", 1);

        lab.workflow().invoke("again", T);

        assertThat(number(lab, "t")).isEqualTo(3);
    }
}
