package dev.clew.engine.format;

import dev.clew.engine.log.ArgumentFormat;
import dev.clew.engine.log.ArgumentFormat.Kept;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.state.StepArgument;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The arguments that a step's entry keeps, and how people see them. */
public final class KeptArguments {
    /** What kept arguments are bound to, beside their step. */
    public static final String KIND = "arguments";

    private KeptArguments() {}

    /**
     * What is kept of a recorded step's arguments; empty if nothing is.
     *
     * @throws ClewException if it cannot be read
     */
    public static List<Kept> recorded(StepLog step, Codec codec, String threadId, String runId) {
        return recorded(step.call(), step.path(), codec, threadId, runId);
    }

    private static List<Kept> recorded(LogEntry.Call call, String path, Codec codec, String threadId, String runId) {
        byte[] stored = call.arguments();
        return stored == null
                ? List.of()
                : ArgumentFormat.read(
                        codec.reveal(stored, Places.step(KIND, threadId, runId, path)),
                        "what is kept of the arguments of step '" + path + "'");
    }

    /** The same for people; in place of a value that cannot be read is the reason. */
    public static List<StepArgument> shown(StepLog step, Codec codec, String threadId, String runId) {
        return shown(step.call(), step.path(), codec, threadId, runId);
    }

    /** {@link #shown(StepLog, Codec, String, String)} of a call at a path. */
    public static List<StepArgument> shown(
            LogEntry.Call call, String path, Codec codec, String threadId, String runId) {
        try {
            List<StepArgument> shown = new ArrayList<>();
            for (Kept kept : recorded(call, path, codec, threadId, runId)) {
                shown.add(shown(kept, codec));
            }
            return List.copyOf(shown);
        } catch (ClewException unreadable) {
            return List.of(new StepArgument("?", "(cannot be read: " + unreadable.getMessage() + ")", true));
        }
    }

    public static StepArgument shown(Kept kept, Codec codec) {
        return kept.isCut()
                ? new StepArgument(kept.name(), cut(kept), true)
                : new StepArgument(kept.name(), codec.decodePlain(kept.bytes()), false);
    }

    private static String cut(Kept kept) {
        return new String(kept.bytes(), StandardCharsets.UTF_8) + "… (cut: the first " + kept.bytes().length + " of "
                + kept.whole() + " bytes)";
    }
}
