package dev.clew.verify;

import dev.clew.json.JsonCodec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Whether the code at hand fits the threads that are stored. Immutable.
 *
 * <pre>{@code
 * VerifyReport report = graph.verify();
 * System.out.print(report.text());
 * System.exit(report.exitCode());
 * }</pre>
 *
 * @param at when the first thread was read, by the clock of the store
 * @param threads what is said of each thread, by its id
 */
public record VerifyReport(Instant at, List<ThreadVerdict> threads) {
    public VerifyReport {
        threads = List.copyOf(threads);
    }

    /** How many threads have this verdict. */
    public long count(Verdict verdict) {
        return threads.stream().filter(thread -> thread.verdict() == verdict).count();
    }

    /**
     * For a script: 0 if all fit; 1 if a run would be BLOCKED; 2 if none would, and a person would be asked anew, or of some threads
     * nothing can be said.
     */
    public int exitCode() {
        if (count(Verdict.DIFFERS) + count(Verdict.UNREADABLE) > 0) {
            return 1;
        }
        return count(Verdict.ASKS_ANEW) + count(Verdict.UNJUDGED) > 0 ? 2 : 0;
    }

    /** For people: how many threads have each verdict, and of those that do not fit, why. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%d threads, read from %s on%n", threads.size(), at));
        for (Verdict verdict : Verdict.values()) {
            long count = count(verdict);
            if (count > 0) {
                text.append(String.format(Locale.ROOT, "  %-12s %d%n", verdict, count));
            }
        }
        for (ThreadVerdict thread : threads) {
            if (thread.verdict() != Verdict.FITS && thread.verdict() != Verdict.FITS_SO_FAR) {
                text.append(String.format(
                        Locale.ROOT,
                        "%n%s: thread '%s' (%s, %s)%n  %s%n",
                        thread.verdict(),
                        thread.threadId(),
                        thread.workflow(),
                        thread.status(),
                        thread.detail()));
            }
        }
        return text.toString();
    }

    /** For programs: the report as JSON. */
    public String json() {
        return new String(JsonCodec.standard().encode(this, TypeRef.of(VerifyReport.class)), StandardCharsets.UTF_8);
    }
}
