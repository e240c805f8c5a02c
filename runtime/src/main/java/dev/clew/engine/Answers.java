package dev.clew.engine;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.log.StepLog;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks answers against what a run has asked, and makes entries of them. Refuses all where one is wrong. */
final class Answers {
    private final StoredRun stored;
    private final EngineSettings settings;
    private final boolean plain;
    private final Function<StepLog, Optional<TypeRef<?>>> current;
    private final @Nullable Journal journal;
    private final List<PendingInterrupt<?, ?>> pending;

    /** @param current gives the type of answer that a question wants of the code as it is in this process, if known */
    Answers(StoredRun stored, EngineSettings settings, Function<StepLog, Optional<TypeRef<?>>> current) {
        this(stored, settings, false, current, null);
    }

    private Answers(
            StoredRun stored,
            EngineSettings settings,
            boolean plain,
            Function<StepLog, Optional<TypeRef<?>>> current,
            @Nullable Journal journal) {
        this.stored = stored;
        this.settings = settings;
        this.plain = plain;
        this.current = current;
        this.journal = journal;
        this.pending = read(stored::pending);
    }

    /** Answers to what a running session has asked by now; its journal guards the log. */
    static Answers live(Session session, boolean plain) {
        Activation activation = session.activation();
        EngineWorkflow<?, ?> workflow = activation.workflow();
        StoredRun run = new StoredRun(
                activation.threadId(),
                activation.run(),
                session.journal().log(),
                session.settings().codec());
        return new Answers(
                run,
                session.settings(),
                plain,
                question -> plain
                        ? Optional.empty()
                        : workflow.engine().workflows().answerType(workflow.spec(), question.path()),
                session.journal());
    }

    private <T> T read(Supplier<T> reading) {
        return journal == null ? reading.get() : journal.read(reading);
    }

    /** Answers that are plain data, from somebody who does not have the classes that the questions want. */
    static Answers plain(StoredRun stored, EngineSettings settings) {
        return new Answers(stored, settings, true, question -> Optional.empty(), null);
    }

    static AnswerRefusedException nothingPending(String threadId, String why) {
        return new AnswerRefusedException(threadId, Reason.NOTHING_PENDING, "nothing is asked: " + why, List.of());
    }

    static String describe(List<PendingInterrupt<?, ?>> pending) {
        return pending.stream().map(PendingInterrupt::toString).toList().toString();
    }

    List<LogEntry.Answered> entries(Request request) {
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
            throw refuse(Reason.NOTHING_PENDING, "no question is pending");
        }
        if (pending.size() > 1) {
            throw refuse(
                    Reason.AMBIGUOUS,
                    pending.size() + " questions are pending; name one with Command.resume(id, value)");
        }
        return pending.get(0).id();
    }

    private LogEntry.Answered entry(Answer answer) {
        Open open = read(() -> open(answer));
        Asked asked = open.asked();
        byte[] clear = fitting(answer, open.question(), asked);
        byte[] bytes = settings.codec()
                .protect(
                        clear,
                        Places.step("answer", stored.threadId(), stored.run().runId(), asked.path()));
        return new LogEntry.Answered(asked.path(), settings.time().micros(), answer.id(), bytes);
    }

    /** A question that waits for its answer. */
    private record Open(StepLog question, Asked asked) {}

    /** The question that an answer is for, if it waits for one. */
    private Open open(Answer answer) {
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
        AnswerCheck check = new AnswerCheck(settings.codec(), plain, asked, current.apply(question));
        return check.fitting(answer)
                .orElseThrow(() -> refuse(
                        Reason.WRONG_TYPE,
                        "question '" + answer.id() + "' wants a " + asked.answerType() + ": " + check.misfit()));
    }

    private AnswerRefusedException refuse(Reason reason, String why) {
        return new AnswerRefusedException(stored.threadId(), reason, why, pending);
    }
}
