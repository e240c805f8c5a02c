package dev.clew.state;

import java.util.List;
import java.util.Locale;

/**
 * What an erasure has removed. Immutable.
 *
 * <pre>{@code
 * ErasureReport report = graph.erase("account-17");
 * if (!report.isComplete()) {
 *     alert(report.text());
 * }
 * }</pre>
 *
 * @param subject whom it was about
 * @param threads how many threads were deleted, with all that belongs to them
 * @param queuedRuns how many requests of queues were removed
 * @param schedules how many schedules were deleted
 * @param documents how many documents of the store were deleted, with their vectors
 * @param cachedResults how many results were dropped from the task cache, if it counts them
 * @param unreadable threads, requests and schedules of which it could not be read whom they are about, as with another key. They are
 *     as they were
 */
public record ErasureReport(
        String subject,
        int threads,
        int queuedRuns,
        int schedules,
        int documents,
        int cachedResults,
        List<String> unreadable) {
    public ErasureReport {
        unreadable = List.copyOf(unreadable);
    }

    /** Whether everything could be read, so that nothing that says it is about the subject was left. */
    public boolean isComplete() {
        return unreadable.isEmpty();
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d threads, %d queued runs, %d schedules, %d documents and %d cached results were erased%n",
                threads,
                queuedRuns,
                schedules,
                documents,
                cachedResults));
        unreadable.forEach(
                each -> text.append(String.format(Locale.ROOT, "could not be read, and was left: %s%n", each)));
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "Not reached: ids, names, tags, logs, traces, backups, what other programs got, and other stores.%n"))
                .toString();
    }
}
