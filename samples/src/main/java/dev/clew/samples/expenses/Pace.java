package dev.clew.samples.expenses;

import java.time.Duration;

/** How slow the world outside is, so that there is time to watch, and to kill the process. */
record Pace(Duration each) {
    void take() throws InterruptedException {
        Thread.sleep(each.toMillis());
    }
}
