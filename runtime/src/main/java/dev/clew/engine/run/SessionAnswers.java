package dev.clew.engine.run;

import dev.clew.engine.request.Answers;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.stored.StoredRun;
import java.util.Optional;

/** Checks answers against what a running session has asked by now. */
public final class SessionAnswers {
    private SessionAnswers() {}

    /**
     * Returns what takes answers for a running session.
     *
     * @param plain as of {@link Answers}
     */
    public static Answers of(Session session, boolean plain) {
        Activation activation = session.activation();
        RunWorkflow<?, ?> workflow = activation.workflow();
        EngineSettings settings = session.settings();
        Journal journal = session.journal();
        StoredRun run = new StoredRun(activation.threadId(), activation.run(), journal.log(), settings.codec());
        return new Answers(
                run,
                settings.codec(),
                settings.time(),
                plain,
                question -> plain ? Optional.empty() : workflow.graph().answerType(workflow.spec(), question.path()),
                journal::read);
    }
}
