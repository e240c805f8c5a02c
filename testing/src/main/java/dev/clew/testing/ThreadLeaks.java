package dev.clew.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The threads that were there before a test, and those that its workflows left behind. */
final class ThreadLeaks {
    private static final long PATIENCE_MILLIS = 1_000;

    /** Threads that are meant to stay: Clew's own pool, those of JUnit, and what the JDK and Reactor keep for the next use. */
    private static final Pattern SHARED =
            Pattern.compile("clew.*|junit-.*|ForkJoinPool.*|VirtualThread.*|.*Poller.*|HttpClient.*"
                    + "|process reaper.*|.*Cleaner.*|Java2D.*|Attach.*"
                    + "|boundedElastic-.*|parallel-[0-9]+");

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** What is to be said of each thread that is still there. */
    List<String> find() {
        List<String> found = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean stranger = !before.contains(thread)
                    && !SHARED.matcher(thread.getName()).matches();
            if (stranger && !ends(thread, until)) {
                StackTraceElement[] stack = thread.getStackTrace();
                found.add("Leaked thread: '" + thread.getName() + "' was started during the test and still runs"
                        + (stack.length == 0 ? "" : ", at " + stack[0])
                        + "; end it, for instance by closing its executor in the task that uses it.");
            }
        }
        return found;
    }

    private static boolean ends(Thread thread, long until) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
