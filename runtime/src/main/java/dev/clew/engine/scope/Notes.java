package dev.clew.engine.scope;

import dev.clew.engine.format.Places;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.run.Journal;
import dev.clew.engine.run.Session;
import dev.clew.task.IllegalStepException;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a scope notes beside its calls: recorded once for each key, and read on replay. On the scope's own thread. */
public final class Notes {
    private final Session session;
    private final Frame frame;

    Notes(Session session, Frame frame) {
        this.session = session;
        this.frame = frame;
    }

    /** Returns what is noted under a key; if nothing is, makes it and notes it without waiting for the disk. */
    <T extends @Nullable Object> T note(String key, TypeRef<T> type, Supplier<? extends T> make) {
        if (!StepPath.isWellFormed(key)) {
            throw new IllegalStepException("the key of a note in " + frame.where()
                    + " is not well-formed Unicode, so a replay could not find it again; use another key");
        }
        ScopeLog.Note known = find(key);
        if (known != null) {
            return session.engineSide(() -> value(known, key, type));
        }
        T made = make.get();
        return session.engineSide(() -> noted(key, type, made));
    }

    boolean isNoted(String key) {
        return find(key) != null;
    }

    private ScopeLog.@Nullable Note find(String key) {
        return session.lockedGet(() -> frame.log().note(key));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what was made, or its copy
    private <T extends @Nullable Object> T noted(String key, TypeRef<T> type, T made) {
        byte[] clear = session.values().encode(made, type);
        byte[] stored = session.durable() ? codec().protect(clear, place(key)) : clear;
        Journal.Placed unawaited = session.journal()
                .append(new LogEntry.Noted(frame.log().path(), session.time().micros(), key, stored));
        ScopeLog.Note note = find(key);
        if (note == null) {
            throw new IllegalStateException("note '" + key + "' is not in the log, at " + unawaited.seq());
        }
        if (!session.durable()) {
            note.memo(made);
            return made;
        }
        // Another attempt of this scope, which was abandoned, may have noted first.
        return note.value() == stored ? (T) session.values().joined(made, clear, type) : value(note, key, type);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a run that encodes nothing keeps what was made, of the caller's type
    private <T extends @Nullable Object> T value(ScopeLog.Note note, String key, TypeRef<T> type) {
        return session.durable() ? codec().decode(codec().reveal(note.value(), place(key)), type) : (T) note.memo();
    }

    private Codec codec() {
        return session.values().codec();
    }

    private Codec.Place place(String key) {
        return Places.note(session.threadId(), session.runId(), frame.log().path(), key);
    }
}
