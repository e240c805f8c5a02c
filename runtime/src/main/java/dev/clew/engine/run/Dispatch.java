package dev.clew.engine.run;

import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.world.LastResort;
import dev.clew.flow.RunStoppedException;

/**
 * Brings a session's work to threads. Whatever keeps it from running there stops the session; the work is done all the
 * same, finds that out, and gives back what it has.
 */
final class Dispatch {
    private final Session session;
    private final EngineSettings settings;

    Dispatch(Session session, EngineSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    /** Decorates work and gives it to the executor. */
    void hand(Runnable work) {
        execute(decorated(LastResort.around(work, session::fault)));
    }

    /** Gives work to the executor as it is. */
    void execute(Runnable work) {
        session.waiting().point();
        try {
            settings.executor().execute(work);
        } catch (Throwable refused) {
            // On a thread of its own: this one may be the store's writer, and stopping waits for a write.
            Thread last = new Thread(
                    () -> {
                        stop(refusal(refused));
                        work.run();
                    },
                    "clew-refused");
            last.setDaemon(true);
            last.start();
        }
    }

    private Throwable refusal(Throwable by) {
        return new RunStoppedException(
                "the executor of the graph refused the work of " + session.where() + " (" + by
                        + "), so the run stopped; it is recoverable: give the builder an executor that is open and does not"
                        + " bound its threads, then recover() or Command.proceed() continues it",
                by);
    }

    /** Work as the user's decorator wraps it: called here, and where the work runs. */
    Runnable decorated(Runnable work) {
        if (settings.decorator() == null) {
            return work;
        }
        Once once = new Once(work);
        Runnable decorated;
        try {
            decorated = settings.decorator().apply(once);
        } catch (Throwable broken) {
            // On another thread: this one may be the store's writer, and stopping waits for a write.
            execute(() -> stop(broken));
            return () -> {
                stop(broken);
                work.run();
            };
        }
        return () -> {
            try {
                decorated.run();
            } catch (Throwable broken) {
                stop(broken);
                once.run();
            }
        };
    }

    /** What throws here is the task decorator or the executor. */
    private void stop(Throwable broken) {
        session.fault(broken);
    }

    /** Work that is done once, whether its decorator came to it or not. */
    private static final class Once implements Runnable {
        private final Runnable work;
        private boolean done;

        Once(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            if (!done) {
                done = true;
                work.run();
            }
        }
    }
}
