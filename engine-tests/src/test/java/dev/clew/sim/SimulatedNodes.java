package dev.clew.sim;

import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.graph.random.Conditions;
import java.util.concurrent.Callable;

/** Nodes of a graph under a schedule: the world sees each execution; some ask, and some fail at first. */
record SimulatedNodes(World world, Program program) implements Conditions {
    private static final int ASKS = 5;
    private static final int FAILS = 6;

    private int chance(int bound, Object... of) {
        return Math.floorMod(Interpreter.mix(program.id(), Interpreter.mix(of)).hashCode() * 0x9E3779B9, bound);
    }

    @Override
    public boolean asks(String place, int node) {
        return chance(ASKS, "asks", place, node) == 0;
    }

    @Override
    public void ask(String execution, Run run) {
        String question = program.id() + execution;
        String answer = run.interrupt(Interpreter.ASK, question);
        world.check(answer.equals(Interpreter.answer(question)), "%s got another question's answer", question);
    }

    @Override
    public <T> T execute(String execution, TaskContext context, Callable<T> work) throws Exception {
        return world.executingNode(context, () -> {
            if (program.n() % 2 == 1 && chance(FAILS, "fails", execution) == 0) {
                world.mayFail(Interpreter.mix(program.id(), execution).hashCode(), 1);
            }
            return work.call();
        });
    }
}
