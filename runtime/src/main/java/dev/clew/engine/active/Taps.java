package dev.clew.engine.active;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.events.EventReader;
import dev.clew.engine.events.TapReader;
import dev.clew.engine.run.Session;
import dev.clew.stream.RunTap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Who hears all runs that a graph executes. */
public final class Taps {
    private final List<RunTap> all = new CopyOnWriteArrayList<>();
    private final List<Expecting> expecting = new CopyOnWriteArrayList<>();

    /** A reader of one run, before that begins here. */
    private record Expecting(String threadId, String runId, EventReader reader) {}

    /** Adds a tap, which hears the runs that begin from now on; closing what is returned removes it. */
    public AutoCloseable add(RunTap tap) {
        all.add(tap);
        return () -> all.remove(tap);
    }

    /** Gives a reader the events of one run whenever it begins or continues here, until {@link #forget}. */
    public void expect(String threadId, String runId, EventReader reader) {
        expecting.add(new Expecting(threadId, runId, reader));
    }

    /** Gives a reader the events of no further session. */
    public void forget(EventReader reader) {
        expecting.removeIf(one -> one.reader() == reader);
    }

    /** Lets the taps, and those who expect its run, hear a session that is about to start. */
    void follow(Session session) {
        for (Expecting one : expecting) {
            if (one.threadId().equals(session.threadId()) && one.runId().equals(session.runId())) {
                session.broadcast().add(one.reader());
            }
        }
        for (RunTap tap : all) {
            RunTap.Ear ear = begins(tap, session);
            if (ear != null) {
                session.broadcast().add(new TapReader(ear));
            }
        }
    }

    private static RunTap.@Nullable Ear begins(RunTap tap, Session session) {
        try {
            return tap.begins(session.activation().workflow().name(), session.threadId(), session.runId());
        } catch (RuntimeException | Error thrown) {
            LOG.warn("a tap threw, and does not hear {}; it runs on", session.where(), thrown);
            return null;
        }
    }
}
