package dev.clew.engine.request;

import dev.clew.engine.format.AnswerCheck;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.stored.StoredRun;
import dev.clew.engine.world.Time;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks answers against what a run has asked, and makes entries of them. Refuses all where one is wrong. */
public final class Answers {
    private final StoredRun stored;
    private final Codec codec;
    private final Time time;
    private final boolean plain;
    private final Function<StepLog, Optional<TypeRef<?>>> current;
    private final LogReading log;
    private final List<PendingInterrupt<?, ?>> pending;

    /**
     * Answers to one run.
     *
     * @param plain whether answers are plain data, from a caller without the classes that the questions want
     * @param current gives the type of answer that a question wants of the code as it is in this process, if known
     * @param log reads from the run's log, under a lock if the run is executing
     */
    public Answers(
            StoredRun stored,
            Codec codec,
            Time time,
            boolean plain,
            Function<StepLog, Optional<TypeRef<?>>> current,
            LogReading log) {
        this.stored = stored;
        this.codec = codec;
        this.time = time;
        this.plain = plain;
        this.current = current;
        this.log = log;
        List<StepLog> questions = log.read(stored.log()::pendingQuestions);
        this.pending = stored.pending(questions);
    }

    /** Reads from the log of a run. */
    public interface LogReading {
        <T> T read(Supplier<T> reading);
    }

    /** Answers to a run that no process executes. */
    public static Answers typed(
            StoredRun stored, Codec codec, Time time, Function<StepLog, Optional<TypeRef<?>>> current) {
        return new Answers(stored, codec, time, false, current, Supplier::get);
    }

    /** Answers that are plain data, from a caller without the classes that the questions want. */
    public static Answers plain(StoredRun stored, Codec codec, Time time) {
        return new Answers(stored, codec, time, true, question -> Optional.empty(), Supplier::get);
    }

    public static AnswerRefusedException nothingPending(String threadId, String why) {
        return new AnswerRefusedException(threadId, Reason.NOTHING_PENDING, "nothing is asked: " + why, List.of());
    }

    public static String describe(List<PendingInterrupt<?, ?>> pending) {
        return pending.stream().map(PendingInterrupt::toString).toList().toString();
    }

    public List<LogEntry.Answered> entries(Request request) {
        List<LogEntry.Answered> entries = new ArrayList<>();
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
            boolean paused = !log.read(stored.log()::pendingBreakpoints).isEmpty();
            throw refuse(
                    Reason.NOTHING_PENDING,
                    paused
                            ? "the run pauses at a breakpoint and asks nothing; Command.proceed() continues it"
                            : "no question is pending");
        }
        if (pending.size() > 1) {
            throw refuse(
                    Reason.AMBIGUOUS,
                    pending.size() + " questions are pending; name one with Command.resume(id, value)");
        }
        return pending.get(0).id();
    }

    private LogEntry.Answered entry(Answer answer) {
        Open open = log.read(() -> open(answer));
        Asked asked = open.asked();
        byte[] clear = fitting(answer, open.question(), asked);
        byte[] bytes = codec.protect(
                clear, Places.step("answer", stored.threadId(), stored.run().runId(), asked.path()));
        return new LogEntry.Answered(asked.path(), time.micros(), answer.id(), bytes);
    }

    /** A question that waits for its answer. */
    private record Open(StepLog question, Asked asked) {}

    /** The question that an answer is for, if it waits for one. */
    private Open open(Answer answer) {
        StepLog question = stored.log().question(answer.id()).orElseThrow(() -> unknown(answer.id()));
        Asked asked = question.asked();
        if (StepPath.isBreakpoint(question.path())) {
            throw refuse(
                    Reason.NOTHING_PENDING,
                    "'" + answer.id() + "' is a breakpoint; Command.proceed() continues past it");
        }
        if (question.done() || asked == null) {
            throw question.value() == null
                    ? refuse(Reason.WITHDRAWN, "the deadline of question '" + answer.id() + "' has passed")
                    : refuse(Reason.ANSWERED, "question '" + answer.id() + "' is answered already");
        }
        if (!stored.log().isPending(question)) {
            throw refuse(Reason.WITHDRAWN, "question '" + answer.id() + "' was withdrawn");
        }
        if (question.deadline() > 0 && question.deadline() <= time.micros()) {
            throw refuse(Reason.WITHDRAWN, "the deadline of question '" + answer.id() + "' has passed");
        }
        return new Open(question, asked);
    }

    private AnswerRefusedException unknown(String id) {
        return stored.log().isReplaced(id)
                ? refuse(Reason.WITHDRAWN, "question '" + id + "' was asked anew with another content")
                : refuse(Reason.UNKNOWN, "no question of this run has the id '" + id + "'");
    }

    /** The answer's clear bytes, which fit what the question wants. */
    private byte[] fitting(Answer answer, StepLog question, Asked asked) {
        if (answer.value() == null && asked.deadline() != null) {
            throw refuse(
                    Reason.WRONG_TYPE,
                    "null cannot answer question '" + answer.id()
                            + "', which has a deadline: an empty answer means that it lapsed");
        }
        AnswerCheck check = new AnswerCheck(codec, plain, asked, current.apply(question));
        return check.fitting(answer)
                .orElseThrow(() -> refuse(
                        Reason.WRONG_TYPE,
                        "question '" + answer.id() + "' wants a " + asked.answerType() + ": " + check.misfit()));
    }

    private AnswerRefusedException refuse(Reason reason, String why) {
        return new AnswerRefusedException(stored.threadId(), reason, why, pending);
    }
}
