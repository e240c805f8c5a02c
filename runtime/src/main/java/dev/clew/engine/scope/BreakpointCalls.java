package dev.clew.engine.scope;

import dev.clew.engine.core.Suspension;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.run.Journal;
import dev.clew.engine.run.Session;
import dev.clew.engine.stored.LoggedBreakpoint;
import dev.clew.flow.Breakpoints;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.state.StepKind;
import java.util.List;

/**
 * Pauses a scope at a breakpoint. In the log that is a question whose answer is that a caller has proceeded. On the scope's
 * own thread.
 */
public final class BreakpointCalls {
    private BreakpointCalls() {}

    /** Refuses breakpoints of a run of which nothing is stored. */
    public static void requireNone(String workflow, RunConfig config) {
        config.breakpoints().filter(set -> !set.equals(Breakpoints.NONE)).ifPresent(set -> {
            throw new RequestRefusedException(
                    Reason.NO_CHECKPOINTER,
                    "a run of workflow '" + workflow
                            + "' is to pause at breakpoints, and the graph has no checkpointer; build it with .checkpointer(…)");
        });
    }

    /** Returns if a caller has proceeded past this breakpoint; else unwinds the scope. */
    static boolean pause(Session session, Frame frame, List<String> nodes) {
        if (!session.durable()) {
            throw new RequestRefusedException(
                    Reason.NO_CHECKPOINTER,
                    "the breakpoint " + nodes + " in " + frame.where()
                            + " cannot pause: the graph has no checkpointer; build it with .checkpointer(…)");
        }
        byte[] digest = LoggedBreakpoint.digest(session.values().codec(), nodes);
        String segment = frame.calls().segment(StepKind.BREAKPOINT, LoggedBreakpoint.NAME);
        int mark = frame.observedMark();
        int ordinal = frame.calls().takeOrdinal();
        StepLog recorded =
                frame.sealingMismatches(() -> frame.replay().question(segment, ordinal, digest, mark, asked -> true));
        if (recorded == null) {
            record(session, frame, segment, new LogEntry.Call(ordinal, digest, "", List.of()), mark, nodes);
        } else if (session.lockedGet(recorded::done)) {
            frame.sawTime(recorded.at());
            return true;
        }
        throw frame.sealed(Suspension.parked());
    }

    private static void record(
            Session session, Frame frame, String segment, LogEntry.Call call, int mark, List<String> nodes) {
        String path = StepPath.child(frame.step().path(), segment);
        byte[] question = session.protect(
                "question", path, LoggedBreakpoint.encode(session.values().codec(), nodes));
        String id = LoggedBreakpoint.id(session.threadId(), session.runId(), path, call.digest());
        Journal.Placed placed = session.lockedGet(() -> session.journal()
                .place(LoggedBreakpoint.asked(
                        path, session.time().micros(), frame.call(call.ordinal(), call.digest(), mark), id, question)));
        placed.step().reach(frame.id());
        session.journal().await(placed);
    }
}
