package dev.clew.engine.run;

import dev.clew.spi.TaskSpec;

/** Makes what executes the code of a session's scopes. */
public interface Scopes {
    ScopeAttempt attempt(Session session, Step step, Attempt attempt);

    /** What a run executes instead of its body once it is to be undone. */
    TaskSpec<?> undoing(Session session);
}
