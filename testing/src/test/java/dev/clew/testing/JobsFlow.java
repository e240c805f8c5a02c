package dev.clew.testing;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;

/** Workflows for workers. */
public class JobsFlow {
    public static final InterruptKey<String, String> SIGN = InterruptKey.of("sign", String.class, String.class);

    @Task
    String collect(String month) {
        return month + " collected";
    }

    @Task
    String render(String text) {
        return text + ", rendered";
    }

    @Entrypoint
    String report(String month, JobsFlowTasks tasks) {
        return tasks.render(tasks.collect(month).join()).join();
    }

    @Entrypoint
    String signed(String month, JobsFlowTasks tasks, Run run) {
        String text = tasks.collect(month).join();
        return tasks.render(text).join() + " and signed by " + run.interrupt(SIGN, text);
    }

    /** Wrong: what it calls depends on what is in no log. */
    @Entrypoint
    String lottery(String month, JobsFlowTasks tasks) {
        return tasks.render(month + TestWorkerTest.drawn()).join();
    }
}
