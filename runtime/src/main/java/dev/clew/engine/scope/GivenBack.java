package dev.clew.engine.scope;

import dev.clew.engine.run.Attempt;
import dev.clew.engine.run.Session;
import org.jspecify.annotations.Nullable;

/**
 * The permits that a thread gave back before a wait. It takes one back afterwards, for the outermost attempt that had
 * one: to hold a permit while it waits for a second one could block two threads for ever.
 */
public final class GivenBack {
    private final Attempt waiting;
    private final @Nullable Attempt holder;

    private GivenBack(Attempt waiting, @Nullable Attempt holder) {
        this.waiting = waiting;
        this.holder = holder;
    }

    /** Gives back the permits of an attempt, which is the newest of the current thread, and of those around it. */
    public static GivenBack of(Attempt waiting) {
        Attempt holder = null;
        for (Attempt at = waiting; at != null; at = at.around()) {
            if (at.session().permits().release(at)) {
                holder = at;
            }
        }
        return new GivenBack(waiting, holder);
    }

    /** Waits for a permit, if one was given back and its attempt is not over. The deepest waiting step comes first. */
    public void takeBack() {
        if (holder == null || !holder.isLive()) {
            return;
        }
        Session session = waiting.session();
        int depth = session.depth(waiting.step());
        boolean counts = waiting.scopeAttempt() == null && waiting.clock().limited();
        if (!counts) {
            holder.session().permits().reacquire(holder, depth);
            return;
        }
        session.locked(() -> {
            waiting.clock().pause();
            session.runner().limits().unwatch(waiting);
        });
        holder.session().permits().reacquire(holder, depth);
        session.locked(() -> {
            waiting.clock().resume();
            session.runner().limits().watch(waiting);
        });
    }
}
