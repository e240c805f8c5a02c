package dev.clew.engine.run;

import dev.clew.engine.core.RunCore;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.Restart;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.setup.ContextLoader;
import dev.clew.engine.world.LogContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs a session's attempts on the calling thread; {@link AttemptEndings} does what their ends mean. The entry points throw
 * nothing: a fault of the engine's own stops the run.
 */
public final class Attempts {
    private final Session session;
    private final StepRunner runner;

    Attempts(Session session, StepRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    // --- entry points ---

    /** Runs a step that was taken: answers it from the cache, or runs an attempt. */
    void run(Step step, boolean permit) {
        HeldPermit held = new HeldPermit(permit);
        withoutInterrupt(() -> {
            try {
                run(step, held);
            } catch (Throwable broken) {
                session.fault(broken);
                held.giveBack();
            }
        });
    }

    /** Takes a queued leaf that no cache answers, and runs it: its attempt begins in the same use of the lock. */
    void takeLeaf(Step step) {
        withoutInterrupt(() -> {
            Attempt attempt = null;
            try {
                attempt = new Attempt(session, step, step.failedAttempts() + 1, null);
                if (takes(attempt)) {
                    started(attempt);
                }
            } catch (Throwable broken) {
                session.fault(broken);
                giveBack(step, attempt);
            }
        });
    }

    /** Runs an attempt that has begun, on the thread of the scope that joins it. */
    void runBegun(Attempt attempt) {
        try {
            started(attempt);
        } catch (Throwable broken) {
            session.fault(broken);
            session.permits().release(attempt);
        }
    }

    /** Keeps an interrupt of the code around this one out of what runs, and gives it back afterwards. */
    private void withoutInterrupt(Runnable work) {
        boolean wasInterrupted = session.waiting().interrupted();
        try {
            work.run();
        } finally {
            if (wasInterrupted) {
                session.waiting().interrupt(Thread.currentThread());
            }
        }
    }

    // --- from the step to the attempt ---

    private void run(Step step, HeldPermit held) {
        if (runner.cached().answers(step)) {
            held.giveBack();
            return;
        }
        Attempt attempt;
        try {
            attempt = new Attempt(session, step, step.failedAttempts() + 1, null);
            restart(attempt);
        } catch (Suspension closed) {
            session.stop(closed.reason(), closed.why());
            held.giveBack();
            return;
        }
        boolean begins = session.lockedGet(() -> begins(attempt, held.isHeld()));
        held.passedTo(attempt);
        if (begins) {
            started(attempt);
        } else {
            held.giveBack();
        }
    }

    /** A new attempt of a failed scope forgets the failures that caused the scope's own, or else its trailing ones. */
    private void restart(Attempt attempt) {
        Step step = attempt.step();
        if (!step.spec().isScope()) {
            return;
        }
        Journal journal = session.journal();
        session.locked(() -> {
            StepLog log = step.isRoot() ? journal.log().root() : journal.log().find(step.path());
            if (log.restartDue() || step.isRoot() && log.done()) {
                int number = step.isRoot() && log.done() ? 1 : attempt.number();
                Restart restart = journal.log().scope(step.path()).restart();
                Journal.Placed unused = journal.place(
                        new LogEntry.Restarted(step.path(), now(), number, restart.dropped(), restart.advisoryFrom()));
            }
        });
        journal.requireWritten();
    }

    private boolean takes(Attempt attempt) {
        RunCore.Taken taken = session.lockedGet(() -> {
            RunCore.Taken made = session.core().take(attempt.step());
            return new RunCore.Taken(made.permit(), made.runs() && begins(attempt, made.permit()));
        });
        if (taken.permit() && !taken.runs()) {
            session.permits().release();
        }
        return taken.runs();
    }

    /** Begins an attempt; false if its step was ended, or the run stopped, just before. Under the lock. */
    boolean begins(Attempt attempt, boolean permit) {
        boolean begins = session.core().begin(attempt, permit);
        if (begins) {
            attempt.startedOn(Thread.currentThread(), now());
            attempt.clock().resume();
            runner.limits().watch(attempt);
        }
        return begins;
    }

    private long now() {
        return session.time().micros();
    }

    // --- the attempt ---

    private void started(Attempt attempt) {
        Step step = attempt.step();
        session.events().stepStarted(step, attempt.number());
        if (!step.isRoot()) {
            session.broadcast().started(step, attempt.number());
        }
        CurrentAttempt.enter(attempt);
        try {
            execute(attempt);
        } finally {
            CurrentAttempt.leave(attempt);
        }
    }

    @SuppressWarnings("try") // the context is only to be closed
    private void execute(Attempt attempt) {
        Step step = attempt.step();
        long began = session.time().nanos();
        Object result = null;
        Throwable thrown = null;
        ScopeAttempt scope = attempt.scopeAttempt();
        attempt.inCode(true);
        Thread thread = Thread.currentThread();
        ClassLoader loaderBefore =
                session.settings().loader().orOf(step.spec().body().getClass()).enter(thread);
        AutoCloseable entered = session.events().entered(step, attempt.number());
        try (LogContext unused = LogContext.enter(session.threadId(), session.runId(), step.path())) {
            if (scope != null) {
                scope.enter(thread);
            }
            result = session.time().world().body(step.spec()).run(attempt);
            if (scope != null) {
                session.engineSide(() -> {
                    scope.returned();
                    return true;
                });
            }
        } catch (Throwable t) {
            thrown = scope == null ? t : scope.threw(t);
        } finally {
            session.events().left(step, entered);
            ContextLoader.leave(thread, loaderBefore);
            attempt.inCode(false);
        }
        if (thrown == null && scope == null && step.cacheKey == null) {
            runner.endings().leafReturned(attempt, result, began);
        } else {
            runner.endings().ended(attempt, result, thrown, began);
        }
    }

    // --- permits of attempts that did not run ---

    /** Gives back the permit of a step that was offered, or that of its attempt. */
    private void giveBack(Step step, @Nullable Attempt attempt) {
        if (session.lockedGet(() -> session.core().take(step)).permit()) {
            session.permits().release();
        } else if (attempt != null) {
            session.permits().release(attempt);
        }
    }

    /** The permit that a step was taken with. It passes to the step's attempt, and is given back once at most. */
    private final class HeldPermit {
        private boolean held;
        private @Nullable Attempt owner;

        HeldPermit(boolean held) {
            this.held = held;
        }

        boolean isHeld() {
            return held;
        }

        void passedTo(Attempt attempt) {
            owner = attempt;
            held = false;
        }

        void giveBack() {
            if (owner != null) {
                session.permits().release(owner);
            } else if (held) {
                held = false;
                session.permits().release();
            }
        }
    }
}
