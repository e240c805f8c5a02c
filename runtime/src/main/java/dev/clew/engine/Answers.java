package dev.clew.engine;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.log.StepLog;
import dev.clew.flow.Answer;
import dev.clew.flow.AnswerRefusedException;
import dev.clew.flow.AnswerRefusedException.Reason;
import dev.clew.flow.PendingInterrupt;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks answers against what a run has asked, and makes entries of them. Refuses all where one is wrong. */
final class Answers {
    private final StoredRun stored;
    private final EngineSettings settings;
    private final boolean plain;
    private final List<PendingInterrupt<?, ?>> pending;

    Answers(StoredRun stored, EngineSettings settings) {
        this(stored, settings, false);
    }

    private Answers(StoredRun stored, EngineSettings settings, boolean plain) {
        this.stored = stored;
        this.settings = settings;
        this.plain = plain;
        this.pending = stored.pending();
    }

    /** Answers that are plain data, from somebody who does not have the classes that the questions want. */
    static Answers plain(StoredRun stored, EngineSettings settings) {
        return new Answers(stored, settings, true);
    }

    static AnswerRefusedException nothingPending(String threadId, String why) {
        return new AnswerRefusedException(threadId, Reason.NOTHING_PENDING, "nothing is asked: " + why, List.of());
    }

    static String describe(List<PendingInterrupt<?, ?>> pending) {
        return pending.stream().map(PendingInterrupt::toString).toList().toString();
    }

    List<LogEntry> entries(Request request) {
        List<LogEntry> entries = new ArrayList<>();
        if (request instanceof Request.Only only) {
            entries.add(entry(new Answer(theOnly(), only.value(), typeOf(only.value()))));
        } else if (request instanceof Request.Answers several) {
            several.answers().forEach(answer -> entries.add(entry(answer)));
        }
        return entries;
    }

    private static TypeRef<?> typeOf(@Nullable Object value) {
        return value == null ? TypeRef.of(Void.class) : TypeRef.of(value.getClass());
    }

    private String theOnly() {
        if (pending.isEmpty()) {
            throw refuse(Reason.NOTHING_PENDING, "no question is pending");
        }
        if (pending.size() > 1) {
            throw refuse(
                    Reason.AMBIGUOUS,
                    pending.size() + " questions are pending; name one with Command.resume(id, value)");
        }
        return pending.get(0).id();
    }

    private LogEntry entry(Answer answer) {
        StepLog question = stored.log().question(answer.id()).orElseThrow(() -> unknown(answer.id()));
        Asked asked = question.asked();
        if (question.done() || asked == null) {
            throw question.value() == null
                    ? refuse(Reason.WITHDRAWN, "the deadline of question '" + answer.id() + "' has passed")
                    : refuse(Reason.ANSWERED, "question '" + answer.id() + "' is answered already");
        }
        if (!stored.log().isPending(question)) {
            throw refuse(Reason.WITHDRAWN, "question '" + answer.id() + "' was withdrawn");
        }
        if (question.deadline() > 0 && question.deadline() <= settings.time().micros()) {
            throw refuse(Reason.WITHDRAWN, "the deadline of question '" + answer.id() + "' has passed");
        }
        requireType(answer, asked);
        byte[] clear = settings.codec().encode(answer.value(), plain ? TypeRef.of(Object.class) : answer.type());
        byte[] bytes = settings.codec()
                .protect(
                        clear,
                        Places.step("answer", stored.threadId(), stored.run().runId(), question.path()));
        return new LogEntry.Answered(question.path(), settings.time().micros(), answer.id(), bytes);
    }

    private AnswerRefusedException unknown(String id) {
        return stored.log().isReplaced(id)
                ? refuse(Reason.WITHDRAWN, "question '" + id + "' was asked anew with another content")
                : refuse(Reason.UNKNOWN, "no question of this run has the id '" + id + "'");
    }

    /** The value's class, or a supertype of it, must have the recorded name; names are compared, never loaded. */
    private void requireType(Answer answer, Asked asked) {
        Object value = answer.value();
        if (value == null) {
            if (asked.deadline() != null) {
                throw refuse(
                        Reason.WRONG_TYPE,
                        "null cannot answer question '" + answer.id()
                                + "', which has a deadline: an empty answer means that it lapsed");
            }
            return;
        }
        Set<String> names = new HashSet<>();
        collect(value.getClass(), names);
        if (plain ? !PlainAnswer.fits(value, asked.answerType()) : !names.contains(asked.answerType())) {
            throw refuse(
                    Reason.WRONG_TYPE,
                    "question '" + answer.id() + "' wants a " + asked.answerType() + ", not a "
                            + value.getClass().getName());
        }
    }

    private static void collect(@Nullable Class<?> type, Set<String> names) {
        if (type != null && names.add(type.getName())) {
            collect(type.getSuperclass(), names);
            for (Class<?> implemented : type.getInterfaces()) {
                collect(implemented, names);
            }
        }
    }

    private AnswerRefusedException refuse(Reason reason, String why) {
        return new AnswerRefusedException(stored.threadId(), reason, why, pending);
    }
}
