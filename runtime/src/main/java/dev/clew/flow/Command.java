package dev.clew.flow;

import dev.clew.value.ClewException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is given to a workflow instead of a new input: answers, or the word to go on. Immutable.
 *
 * <pre>{@code
 * write.invoke(question.answer(verdict), thread);              // typed
 * write.invoke(Command.resume("yes"), thread);                 // exactly one question is pending
 * write.invoke(Command.resumeAll(Map.of(id1, "a", id2, "b")), thread);
 * write.invoke(Command.proceed(), thread);                     // continue a failed, crashed or blocked run
 * }</pre>
 */
public sealed interface Command permits Answer, Command.Answers, Command.ResumeOnly, Command.Proceed {
    /** Answers the one question that is pending. Null is an answer like any other. */
    static Command resume(@Nullable Object value) {
        return new ResumeOnly(value);
    }

    /** Answers the question with this id. */
    static Command resume(String id, @Nullable Object value) {
        return new Answer(id, value, Answer.typeOf(value));
    }

    /** Answers several questions at once: values by question id. */
    static Command resumeAll(Map<String, ? extends @Nullable Object> valuesById) {
        List<Answer> answers = new ArrayList<>();
        valuesById.forEach((id, value) -> answers.add(new Answer(id, value, Answer.typeOf(value))));
        return answers(answers.toArray(Answer[]::new));
    }

    /** Answers several questions at once. */
    static Command answers(Answer... answers) {
        if (answers.length == 0) {
            throw new ClewException("no answers given; to continue a run without answering, use Command.proceed()");
        }
        Map<String, Answer> byId = new LinkedHashMap<>();
        for (Answer answer : answers) {
            if (byId.put(answer.id(), answer) != null) {
                throw new ClewException("question '" + answer.id() + "' is answered twice in one command");
            }
        }
        return new Answers(List.copyOf(byId.values()));
    }

    /** Continues a failed, crashed, stuck or blocked run; LangGraph's {@code invoke(None)}. */
    static Command proceed() {
        return Proceed.INSTANCE;
    }

    /** Several answers. */
    record Answers(List<Answer> answers) implements Command {}

    /** An answer for the one question that is pending. */
    record ResumeOnly(@Nullable Object value) implements Command {
        @Override
        public String toString() {
            return "ResumeOnly";
        }
    }

    /** The word to go on. */
    enum Proceed implements Command {
        INSTANCE
    }
}
