package dev.clew.engine.request;

import dev.clew.interrupt.Answer;
import dev.clew.interrupt.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller wants of a thread. */
public sealed interface Request {
    /** A new run with this input; null for a workflow without one. */
    record Input(@Nullable Object value) implements Request {}

    /** These answers. */
    record Answers(List<Answer> answers) implements Request {}

    /** An answer for the one question that is pending. */
    record Only(@Nullable Object value) implements Request {}

    /** To continue. */
    record Proceed() implements Request {}

    /** To undo what the thread's newest run has done. */
    record Undo() implements Request {}

    /**
     * To continue this run if it is due or was left behind, else to get its result. From the engine itself.
     *
     * @param follows whether the result is waited for if another process continues the run; if not, its thread is busy then
     */
    record Wake(String runId, boolean follows) implements Request {
        public Wake(String runId) {
            this(runId, true);
        }
    }

    static Request of(Command command) {
        if (command instanceof Answer answer) {
            return new Answers(List.of(answer));
        } else if (command instanceof Command.Answers several) {
            return new Answers(several.answers());
        } else if (command instanceof Command.ResumeOnly only) {
            return new Only(only.value());
        }
        return command instanceof Command.Undo ? new Undo() : new Proceed();
    }
}
