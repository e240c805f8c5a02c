package dev.clew.testing;

import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.flow.RunStream;
import dev.clew.state.ThreadQuery;
import java.util.List;

/** Looks, at the end of a test, for what it left behind. */
final class Inspection {
    private static final long PATIENCE_SECONDS = 5;

    private final Lab lab;
    private final List<TestRun<?>> runs;
    private final List<RunStream<?>> streams;
    private final List<TestWorker<?>> workers;
    private final ThreadLeaks threads;
    private final Findings findings;

    Inspection(
            Lab lab,
            List<TestRun<?>> runs,
            List<RunStream<?>> streams,
            List<TestWorker<?>> workers,
            ThreadLeaks threads) {
        this.workers = workers;
        this.lab = lab;
        this.runs = runs;
        this.streams = streams;
        this.threads = threads;
        this.findings = lab.equipment().findings();
    }

    void atEnd(boolean missedCrashes) {
        runs.stream()
                .filter(run -> !run.wasSeen())
                .forEach(run -> findings.add("Unseen failure: " + run + ", and the test never looked at it."));
        if (missedCrashes) {
            lab.equipment()
                    .crashes()
                    .armed()
                    .forEach(point -> findings.add("Missed crash: the test asked for one " + point
                            + ", and it never came. The writes were: " + lab.writes()));
        }
        if (missedCrashes) {
            workers.forEach(worker -> worker.armed()
                    .forEach(point -> findings.add("Missed crash: the test asked for one of " + worker + ' ' + point
                            + ", and it never came.")));
        }
        if (lab.equipment().rest().await(PATIENCE_SECONDS)) {
            findOwned();
            lab.closeGraphs();
        } else {
            findings.add("Leaked run: something still executes " + PATIENCE_SECONDS + " s after the test:"
                    + lab.equipment().rest().describe());
            lab.process().die("because its test was over");
            lab.process().drop();
            workers.forEach(TestWorker::crash);
        }
        for (RunStream<?> stream : streams) {
            if (stream.isOpen()) {
                findings.add("Leaked stream: a stream was neither read to its end nor closed; use it in a"
                        + " try-with-resources statement.");
                stream.close();
            }
        }
        if (lab.equipment().rest().madeThreads()) {
            threads.find().forEach(findings::add);
        }
    }

    /** Nothing executes, so nobody has a reason to own anything. */
    private void findOwned() {
        for (ThreadRecord thread : lab.disk().threads(ThreadQuery.all().limit(Integer.MAX_VALUE))) {
            Lease lease = thread.lease();
            boolean died = lab.process().isDead() || workers.stream().anyMatch(TestWorker::hasDied);
            if (lease != null && !died) {
                findings.add("Leaked run: thread '" + thread.threadId() + "' is still owned, because its run ("
                        + thread.workflow() + ") waits in memory: step the clock, or cancel the run.");
            }
        }
    }
}
