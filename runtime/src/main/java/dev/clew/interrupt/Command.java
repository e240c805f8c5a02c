package dev.clew.interrupt;

import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is given to a workflow instead of a new input: answers, or the word to go on. Immutable.
 *
 * <pre>{@code
 * write.invoke(question.answer(verdict), thread);              // typed
 * write.invoke(Command.resume("yes"), thread);                 // exactly one question is pending
 * write.invoke(Command.resumeAll(Map.of(id1, "a", id2, "b")), thread);
 * write.invoke(Command.proceed(), thread);                     // continue a failed, crashed or blocked run
 * write.invoke(Command.undo(), thread);                        // undo what a run has done that is not to continue
 * }</pre>
 */
public sealed interface Command permits Answer, Command.Answers, Command.ResumeOnly, Command.Proceed, Command.Undo {
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
        return new Answers(List.of(answers));
    }

    /** {@link #answers(Answer...)} for answers that were collected. */
    static Command answers(List<Answer> answers) {
        return new Answers(answers);
    }

    /** Continues a failed, crashed, stuck or blocked run; LangGraph's {@code invoke(None)}. */
    static Command proceed() {
        return Proceed.INSTANCE;
    }

    /**
     * Undoes what a failed, stuck, blocked, cancelled or interrupted run has done: the steps of tasks that have
     * {@code @Task(undo = …)}, the newest first. That is final: the thread is {@code UNDONE}, and nothing continues the run. It
     * may be repeated, and goes on where it stopped.
     */
    static Command undo() {
        return Undo.INSTANCE;
    }

    /** Several answers, each for another question. */
    record Answers(List<Answer> answers) implements Command {
        public Answers {
            answers = List.copyOf(answers);
            if (answers.isEmpty()) {
                throw new IllegalRequestException(
                        "no answers given; to continue a run without answering, use Command.proceed()");
            }
            Set<String> ids = new HashSet<>();
            for (Answer answer : answers) {
                if (!ids.add(answer.id())) {
                    throw new IllegalRequestException(
                            "question '" + answer.id() + "' is answered twice in one command");
                }
            }
        }
    }

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

    /** The word to undo what was done. */
    enum Undo implements Command {
        INSTANCE
    }
}
