package dev.clew.engine;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.flow.AnswerRefusedException;
import dev.clew.flow.InterruptKey;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.StepKind;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        String segment = frame.segment(StepKind.ASK, key.name());
        int mark = frame.observedMark();
        int ordinal = frame.takeOrdinal();
        session.called(StepPath.child(frame.step().path(), segment), ordinal, List.of(type), question);
        StepLog recorded = frame.guarded(() -> frame.replay().question(segment, ordinal));
        boolean same = recorded == null
                || session.values().codec().matches(recorded.call().digest(), new Object[] {question}, List.of(type));
        if (recorded != null && recorded.done()) {
            if (!same) {
                frame.guarded(() -> frame.replay().otherContent(recorded));
            }
            frame.sawTime(recorded.at());
            return recorded;
        }
        // A pending question that now wants another type of answer could never be answered as it was recorded.
        StepLog open = recorded != null && same && wants(recorded, answerType(key))
                ? recorded
                : record(key, question, type, deadline, digest, segment, ordinal, mark);
        if (open.deadline() > 0 && open.deadline() <= session.time().micros()) {
            return lapse(open);
        }
        throw frame.sealed(Suspension.parked());
    }

    private static boolean wants(StepLog question, String answerType) {
        Asked asked = question.asked();
        return asked != null && asked.answerType().equals(answerType);
    }

    /** The class name that an answer must have; answers are objects, so a primitive's is that of its box. */
    private static String answerType(InterruptKey<?, ?> key) {
        return MethodType.methodType(key.answerType().rawType())
                .wrap()
                .returnType()
                .getName();
    }

    private StepLog record(
            InterruptKey<?, ?> key,
            Object question,
            TypeRef<?> type,
            @Nullable Duration deadline,
            byte[] digest,
            String segment,
            int ordinal,
            int mark) {
        String path = StepPath.child(frame.step().path(), segment);
        byte[] clear = session.values().codec().encode(question, type);
        String id = id(path, digest);
        long now = session.time().micros();
        Journal.Placed placed = session.journal().read(() -> {
            LogEntry.Call call = frame.call(ordinal, digest, mark);
            return session.journal()
                    .append(new Asked(
                            path,
                            now,
                            call,
                            id,
                            answerType(key),
                            deadline == null ? null : now + Time.microsOf(deadline),
                            session.protect("question", path, clear)));
        });
        placed.step().reach(frame.replay().frameId());
        session.journal().await(placed);
        session.events().questionAsked(placed.step());
        return placed.step();
    }

    private StepLog lapse(StepLog open) {
        Asked asked = open.asked();
        String id = asked == null ? "" : asked.id();
        Journal.Placed placed = session.journal()
                .append(new LogEntry.Lapsed(open.path(), Math.max(session.time().micros(), open.deadline()), id));
        session.journal().await(placed);
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
        if (!isFresh(answered)) {
            return decoded(key, answered, stored);
        }
        A answer;
        String why;
        try {
            answer = decoded(key, answered, stored);
            why = key.accepts(answer) ? null : "it " + key.requirement();
        } catch (Suspension | VirtualMachineError passed) {
            throw passed;
        } catch (CodecException unreadable) {
            throw refuse(
                    answered, asked, "it cannot be read as " + key.answerType() + " (" + unreadable.getMessage() + ")");
        } catch (Throwable thrown) {
            // The check, and the constructors that decoding calls, are the user's code: whatever they throw is a
            // refusal.
            throw refuse(answered, asked, "its check threw " + thrown);
        }
        if (why != null) {
            throw refuse(answered, asked, why);
        }
        return answer;
    }

    @SuppressWarnings("NullAway") // null is an answer like any other
    private <A extends @Nullable Object> A decoded(InterruptKey<?, A> key, StepLog answered, byte[] stored) {
        return session.values().codec().decode(session.reveal("answer", answered.path(), stored), key.answerType());
    }

    /** Whether no body can have taken the answer before: what was built on an answer is never taken from under it. */
    private boolean isFresh(StepLog answered) {
        return session.isFresh(answered)
                && session.journal()
                        .read(() -> frame.log().end() <= answered.call().ordinal() + 1);
    }

    private Suspension refuse(StepLog answered, Asked asked, String why) {
        Journal.Placed placed = session.journal()
                .append(new LogEntry.Reopened(answered.path(), session.time().micros(), asked.id()));
        session.journal().await(placed);
        session.refused(
                AnswerRefusedException.Reason.REJECTED,
                "question " + asked.id() + " at " + answered.path() + " did not take it: " + why
                        + "; the question stays open");
        return frame.sealed(Suspension.parked());
    }

    private String id(String path, byte[] digest) {
        return QuestionId.of(session.threadId(), session.runId(), path, digest);
    }
}
