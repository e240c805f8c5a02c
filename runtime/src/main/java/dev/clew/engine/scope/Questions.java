package dev.clew.engine.scope;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.core.Suspension;
import dev.clew.engine.format.ChangedQuestion;
import dev.clew.engine.format.QuestionId;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.run.Journal;
import dev.clew.engine.run.Session;
import dev.clew.engine.run.Unreadable;
import dev.clew.engine.world.Time;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.interrupt.InterruptKey;
import dev.clew.state.StepKind;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a scope's questions, and takes their answers. On the scope's own thread. */
final class Questions {
    private static final InterruptKey<Object, @Nullable Object> UNTYPED = untyped();

    private final Session session;
    private final Frame frame;

    Questions(Session session, Frame frame) {
        this.session = session;
        this.frame = frame;
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private static InterruptKey<Object, @Nullable Object> untyped() {
        return (InterruptKey<Object, @Nullable Object>)
                (InterruptKey<?, ?>) InterruptKey.of("interrupt", Object.class, Object.class);
    }

    <Q, A extends @Nullable Object> A ask(InterruptKey<Q, A> key, Q question) {
        StepLog answered = ask(key, question, TypeRef.class.cast(key.questionType()), null);
        return take(key, answered);
    }

    <Q, A> Optional<A> ask(InterruptKey<Q, A> key, Q question, Duration deadline) {
        StepLog ended = ask(key, question, TypeRef.class.cast(key.questionType()), deadline);
        return ended.value() == null ? Optional.empty() : Optional.of(take(key, ended));
    }

    @Nullable
    Object ask(Object question) {
        return take(UNTYPED, ask(UNTYPED, question, TypeRef.of(question.getClass()), null));
    }

    /** The question's log once it has an outcome; unwinds the scope where it has none. */
    private StepLog ask(InterruptKey<?, ?> key, Object question, TypeRef<?> type, @Nullable Duration deadline) {
        frame.check("interrupt");
        if (!session.durable()) {
            throw new RequestRefusedException(
                    Reason.NO_CHECKPOINTER,
                    "question '" + key.name() + "' in " + frame.where()
                            + " cannot wait for an answer: the graph has no checkpointer; build it with .checkpointer(…)");
        }
        byte[] digest = session.values().codec().digest(new Object[] {question}, List.of(type));
        String segment = frame.calls().segment(StepKind.ASK, key.name());
        int mark = frame.observedMark();
        int ordinal = frame.calls().takeOrdinal();
        session.called(StepPath.child(frame.step().path(), segment), ordinal, List.of(type), question);
        Predicate<StepLog> unchanged = asked -> Arrays.equals(asked.call().digest(), digest)
                || session.values().codec().matches(asked.call().digest(), new Object[] {question}, List.of(type));
        StepLog recorded =
                frame.sealingMismatches(() -> frame.replay().question(segment, ordinal, digest, mark, unchanged));
        boolean answered = recorded != null && session.lockedGet(recorded::done);
        boolean same = recorded == null || unchanged.test(recorded);
        if (recorded != null && answered) {
            if (!same && !session.warnOnly()) {
                throw anew(
                        recorded,
                        question,
                        type,
                        () -> record(key, question, type, deadline, null, digest, segment, ordinal, mark));
            }
            if (!same) {
                frame.sealingMismatches(
                        () -> frame.replay().otherContent(recorded, contents(recorded.asked(), question, type)));
            }
            frame.sawTime(recorded.at());
            if (same && isOutdated(key, recorded)) {
                throw refuse(
                        record(key, question, type, deadline, recorded, digest, segment, ordinal, mark),
                        "it was given for another type of answer than the code wants now, so the question is asked anew");
            }
            return recorded;
        }
        // A pending question that now wants another type of answer could never be answered as it was recorded.
        StepLog open = recorded != null && same && wanted(key).isWhatWasAsked(recorded.asked())
                ? recorded
                : record(key, question, type, deadline, same ? recorded : null, digest, segment, ordinal, mark);
        if (open.deadline() > 0 && open.deadline() <= session.time().micros()) {
            return lapse(open);
        }
        throw frame.sealed(Suspension.parked());
    }

    /**
     * Asks an answered question anew, because its content has changed: nobody has seen the new one. The answer stays in the
     * log with the old content. If no body has taken it, its caller is told what differs; else it is logged.
     */
    private Suspension anew(StepLog answered, Object question, TypeRef<?> type, Supplier<StepLog> asking) {
        Asked before = answered.asked();
        boolean fresh = isFresh(answered);
        String contents = contents(before, question, type);
        StepLog open = asking.get();
        if (before != null && answered.path().equals(open.path())) {
            String what = "question " + before.id() + " at " + before.path()
                    + " is asked anew, because its content has changed";
            String kept = "; the answer is kept with the old content, and PendingInterrupt.earlier() shows it";
            if (fresh) {
                session.answers().rejected(before.id(), what + ": " + contents + kept);
            } else {
                // Without the contents, which a codec may keep from whoever reads logs.
                LOG.warn("{}{}, in {}", what, kept, session.where());
            }
        }
        return frame.sealed(Suspension.parked());
    }

    private String contents(@Nullable Asked before, Object question, TypeRef<?> type) {
        return before == null
                ? ""
                : ChangedQuestion.contents(
                        session.values().codec(),
                        session.reveal("question", before.path(), before.question()),
                        session.values().codec().encode(question, type));
    }

    private WantedAnswer wanted(InterruptKey<?, ?> key) {
        return WantedAnswer.of(key, session.values().codec());
    }

    /** Whether a stored answer, if no body can have taken it, is for a type that the code has changed since. */
    private boolean isOutdated(InterruptKey<?, ?> key, StepLog answered) {
        byte[] stored = answered.value();
        Asked asked = answered.asked();
        return stored != null
                && asked != null
                && isFresh(answered)
                && !wanted(key).takes(asked, session.reveal("answer", answered.path(), stored));
    }

    /** @param same the question as it was recorded, if it is asked anew with the same content */
    private StepLog record(
            InterruptKey<?, ?> key,
            Object question,
            TypeRef<?> type,
            @Nullable Duration deadline,
            @Nullable StepLog same,
            byte[] digest,
            String segment,
            int ordinal,
            int mark) {
        String path = StepPath.child(frame.step().path(), segment);
        byte[] clear = session.values().codec().encode(question, type);
        String id = id(path, digest);
        WantedAnswer wanted = wanted(key);
        long now = session.time().micros();
        byte[] stored = session.protect("question", path, clear);
        Journal.Placed placed = session.lockedGet(() -> {
            LogEntry.Call call = frame.call(ordinal, digest, mark);
            return session.journal()
                    .place(new Asked(
                            path,
                            now,
                            call,
                            id,
                            wanted.className(),
                            wanted.schemaText(),
                            due(deadline, same, now),
                            stored));
        });
        placed.step().reach(frame.id());
        session.journal().await(placed);
        session.events().questionAsked(placed.step());
        return placed.step();
    }

    /** A question that is asked anew with the same content keeps its deadline. */
    private static @Nullable Long due(@Nullable Duration deadline, @Nullable StepLog same, long now) {
        Asked before = same == null ? null : same.asked();
        if (deadline == null) {
            return null;
        }
        return before == null || before.deadline() == null ? Time.due(now, deadline) : before.deadline();
    }

    private StepLog lapse(StepLog open) {
        Asked asked = open.asked();
        String id = asked == null ? "" : asked.id();
        Journal.Placed placed = session.journal()
                .lapsed(
                        open,
                        new LogEntry.Lapsed(open.path(), Math.max(session.time().micros(), open.deadline()), id));
        if (placed != null) {
            session.journal().await(placed);
        }
        frame.sawTime(open.at());
        return open;
    }

    /** Decodes and checks an answer; one that fails is dropped, and the question stays open. */
    @SuppressWarnings("NullAway")
    private <A extends @Nullable Object> A take(InterruptKey<?, A> key, StepLog answered) {
        byte[] stored = answered.value();
        Asked asked = answered.asked();
        if (stored == null || asked == null) {
            throw new RequestRefusedException("question '" + key.name() + "' in " + frame.where()
                    + " has lapsed, and is now asked without a deadline");
        }
        session.answers().awaitDurable(asked.id());
        if (!isFresh(answered)) {
            try {
                return decoded(key, answered, stored);
            } catch (CodecException changed) {
                throw Unreadable.mismatch(frame, "the answer to question '" + answered.path() + "'", changed);
            }
        }
        A answer;
        String why;
        try {
            answer = decoded(key, answered, stored);
            why = key.accepts(answer) ? null : "it " + key.requirement();
        } catch (Suspension | VirtualMachineError passed) {
            throw passed;
        } catch (CodecException unreadable) {
            throw reopen(
                    answered, asked, "it cannot be read as " + key.answerType() + " (" + unreadable.getMessage() + ")");
        } catch (Throwable thrown) {
            // The check, and the constructors that decoding calls, are the user's code: whatever they throw is a
            // refusal.
            throw reopen(answered, asked, "its check threw " + thrown);
        }
        if (why != null) {
            throw reopen(answered, asked, why);
        }
        session.answers().taken(asked.id());
        return answer;
    }

    @SuppressWarnings("NullAway") // null is an answer like any other
    private <A extends @Nullable Object> A decoded(InterruptKey<?, A> key, StepLog answered, byte[] stored) {
        return session.values().codec().decode(session.reveal("answer", answered.path(), stored), key.answerType());
    }

    /** Whether no body can have taken the answer before: what was built on an answer is never taken from under it. */
    private boolean isFresh(StepLog answered) {
        return session.isFresh(answered)
                && session.lockedGet(() -> answered.askedAnew()
                        || frame.log().end() <= answered.call().ordinal() + 1);
    }

    private Suspension reopen(StepLog answered, Asked asked, String why) {
        Journal.Placed placed = session.journal()
                .append(new LogEntry.Reopened(answered.path(), session.time().micros(), asked.id()));
        session.journal().await(placed);
        return refuse(answered, why);
    }

    private Suspension refuse(StepLog question, String why) {
        Asked asked = question.asked();
        String id = asked == null ? "" : asked.id();
        session.answers()
                .rejected(
                        id,
                        "question " + id + " at " + question.path() + " did not take it: " + why
                                + "; the question stays open");
        return frame.sealed(Suspension.parked());
    }

    private String id(String path, byte[] digest) {
        return QuestionId.of(session.threadId(), session.runId(), path, digest);
    }
}
