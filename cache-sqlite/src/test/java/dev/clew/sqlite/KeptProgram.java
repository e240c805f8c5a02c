package dev.clew.sqlite;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.TaskFuture;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The program whose threads are kept in a file for {@link KeptThreadsTest}. The input names the case. While the program is
 * broken, each case stops in its own way; repaired, each case completes.
 */
final class KeptProgram {
    record Order(String item, int count) {}

    record Verdict(boolean approved, String note) {}

    static final InterruptKey<Order, Verdict> REVIEW = InterruptKey.of("review", Order.class, Verdict.class);

    private final CountDownLatch repaired = new CountDownLatch(1);
    private final boolean broken;

    KeptProgram(boolean broken) {
        this.broken = broken;
    }

    String run(String input, Lab.Calls calls, Run run) throws Throwable {
        String one = calls.task("one", input, s -> s + " 1").join();
        String two = switch (input) {
            case "asks", "asks twice" -> review(run, one);
            case "asks in a task" ->
                calls.scope("inner", one, (s, inner, below) -> review(below, s)).join();
            case "sleeps" -> sleep(run, one);
            case "fails" -> calls.task("two", one, this::fail).join();
            case "hangs" -> calls.task("two", one, this::hang).join();
            case "differs" -> differ(calls, run, one);
            default -> race(calls, run, one);
        };
        return calls.task("last", two, s -> s + " end").join();
    }

    private static String review(Run run, String text) {
        StringBuilder notes = new StringBuilder(text);
        int reviews = text.startsWith("asks twice") ? 2 : 1;
        for (int count = 1; count <= reviews; count++) {
            Verdict verdict = run.interrupt(REVIEW, new Order(text, count));
            notes.append(' ').append(verdict.approved()).append(' ').append(verdict.note());
        }
        return notes.toString();
    }

    private static String sleep(Run run, String text) {
        run.sleep(Duration.ofSeconds(2));
        return text + " awake";
    }

    private String fail(String text) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        return text + " 2";
    }

    private String hang(String text) throws InterruptedException {
        if (broken) {
            repaired.await();
        }
        return text + " 2";
    }

    /** Breaks replay: the recorded call is missing. */
    private String differ(Lab.Calls calls, Run run, String text) {
        String two = broken && run.isReplaying()
                ? text
                : calls.task("two", text, s -> s + " 2").join();
        return review(run, two);
    }

    private static String race(Lab.Calls calls, Run run, String text) {
        TaskFuture<String> quick = calls.scope(
                "quick",
                text,
                (s, inner, below) -> inner.task("two", s, t -> t + " 2").join());
        boolean patched = run.patched("kept");
        TaskFuture.anyOf(quick, run.timer(Duration.ofDays(1)));
        return quick.join() + " " + patched;
    }
}
