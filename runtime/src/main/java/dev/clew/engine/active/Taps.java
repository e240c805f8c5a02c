package dev.clew.engine.active;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.engine.events.TapReader;
import dev.clew.engine.run.Session;
import dev.clew.stream.RunTap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Who hears all runs that a graph executes. */
public final class Taps {
    private final List<RunTap> all = new CopyOnWriteArrayList<>();

    /** Adds a tap, which hears the runs that begin from now on; closing what is returned removes it. */
    public AutoCloseable add(RunTap tap) {
        all.add(tap);
        return () -> all.remove(tap);
    }

    /** Lets the taps hear a session that is about to start. */
    void follow(Session session) {
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
