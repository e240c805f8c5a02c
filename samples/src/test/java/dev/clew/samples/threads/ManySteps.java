package dev.clew.samples.threads;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;

/** A run of many steps, to be drawn. */
public class ManySteps {
    @Task
    int next(int number) {
        return number + 1;
    }

    @Entrypoint
    int count(Integer steps, ManyStepsTasks tasks) {
        int number = 0;
        while (number < steps) {
            number = tasks.next(number).join();
        }
        return number;
    }
}
