package dev.clew.engine;

import dev.clew.engine.request.Answers;
import dev.clew.engine.stored.StoredRun;
import java.util.Optional;

/** Checks answers against what a running session has asked by now. */
final class SessionAnswers {
    private SessionAnswers() {}

    /** @param plain as of {@link Answers} */
    static Answers of(Session session, boolean plain) {
        Activation activation = session.activation();
        EngineWorkflow<?, ?> workflow = activation.workflow();
        EngineSettings settings = session.settings();
        Journal journal = session.journal();
        StoredRun run = new StoredRun(activation.threadId(), activation.run(), journal.log(), settings.codec());
        return new Answers(
                run,
                settings.codec(),
                settings.time(),
                plain,
                question -> plain
                        ? Optional.empty()
                        : workflow.engine().workflows().answerType(workflow.spec(), question.path()),
                journal::read);
    }
}
