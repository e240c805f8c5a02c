package dev.clew.client;

import dev.clew.interrupt.Answer;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.value.Codec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers as a server reads them: by the id of the question. */
final class Answers {
    private Answers() {}

    /**
     * The answers that a command has. LangGraph's server accepts an answer to an unknown question and ignores it, so an answer to
     * what is not pending is refused here.
     *
     * @throws AnswerRefusedException if one is for a question that does not wait
     */
    static Map<String, @Nullable Object> of(
            Command command, String threadId, List<PendingInterrupt<?, ?>> pending, Codec codec) {
        List<Answer> answers = command instanceof Answer one
                ? List.of(one)
                : command instanceof Command.Answers several
                        ? several.answers()
                        : List.of(only((Command.ResumeOnly) command, threadId, pending));
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Answer answer : answers) {
            if (pending.stream().noneMatch(question -> question.id().equals(answer.id()))) {
                throw new AnswerRefusedException(
                        threadId,
                        pending.isEmpty() ? Reason.NOTHING_PENDING : Reason.UNKNOWN,
                        "no question '" + answer.id() + "' waits for an answer",
                        pending);
            }
            values.put(answer.id(), Values.plain(codec, answer.value(), answer.type()));
        }
        return values;
    }

    private static Answer only(Command.ResumeOnly only, String threadId, List<PendingInterrupt<?, ?>> pending) {
        if (pending.size() != 1) {
            throw new AnswerRefusedException(
                    threadId,
                    pending.isEmpty() ? Reason.NOTHING_PENDING : Reason.AMBIGUOUS,
                    pending.isEmpty()
                            ? "the thread asks nothing"
                            : "the thread asks " + pending.size() + " questions; say which one is answered",
                    pending);
        }
        return (Answer) Command.resume(pending.get(0).id(), only.value());
    }
}
