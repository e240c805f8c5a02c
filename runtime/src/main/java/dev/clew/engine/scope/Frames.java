package dev.clew.engine.scope;

import dev.clew.engine.run.Attempt;
import dev.clew.engine.run.ScopeAttempt;
import dev.clew.engine.run.Scopes;
import dev.clew.engine.run.Session;
import dev.clew.engine.run.Step;
import dev.clew.spi.TaskSpec;

/** Executes the code of scopes in frames. */
public final class Frames implements Scopes {
    @Override
    public ScopeAttempt attempt(Session session, Step step, Attempt attempt) {
        return new Frame(session, step, attempt);
    }

    @Override
    public TaskSpec<?> undoing(Session session) {
        return UndoPhase.spec(session);
    }
}
