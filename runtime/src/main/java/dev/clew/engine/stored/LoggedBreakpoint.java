package dev.clew.engine.stored;

import dev.clew.engine.format.Places;
import dev.clew.engine.format.QuestionId;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.flow.NodeRef;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A breakpoint as a log has it: a question that names nodes. It has no answer type that a caller could know, and is answered
 * by {@code Command.proceed()} alone.
 */
public final class LoggedBreakpoint {
    /** The name of its step. Logs have it, so it does not change. */
    public static final String NAME = "boundary";

    private static final TypeRef<List<String>> NODES = TypeRef.listOf(TypeRef.of(String.class));
    private static final TypeRef<Boolean> PASSED = TypeRef.of(Boolean.class);

    private LoggedBreakpoint() {}

    public static byte[] digest(Codec codec, List<String> nodes) {
        return codec.digest(new @Nullable Object[] {nodes}, List.of(NODES));
    }

    public static byte[] encode(Codec codec, List<String> nodes) {
        return codec.encode(nodes, NODES);
    }

    public static String id(String threadId, String runId, String path, byte[] digest) {
        return QuestionId.of(threadId, runId, path, digest);
    }

    public static LogEntry.Asked asked(String path, long at, LogEntry.Call call, String id, byte[] question) {
        return new LogEntry.Asked(path, at, call, id, PASSED.toString(), null, null, question);
    }

    /** The nodes at which a run pauses, each once. */
    public static List<NodeRef> nodes(List<StepLog> breakpoints, String threadId, String runId, Codec codec) {
        if (breakpoints.isEmpty()) {
            return List.of();
        }
        Set<NodeRef> nodes = new LinkedHashSet<>();
        for (StepLog breakpoint : breakpoints) {
            LogEntry.Asked asked = breakpoint.asked();
            if (asked != null) {
                byte[] clear = codec.reveal(asked.question(), Places.step("question", threadId, runId, asked.path()));
                Objects.requireNonNull(codec.decode(clear, NODES)).forEach(node -> nodes.add(NodeRef.of(node)));
            }
        }
        return List.copyOf(nodes);
    }

    /** The entries that pass all breakpoints at which a run pauses. */
    public static List<LogEntry> passed(StoredRun run, long now) {
        List<LogEntry> entries = new ArrayList<>();
        for (StepLog breakpoint : run.log().pendingBreakpoints()) {
            LogEntry.Asked asked = breakpoint.asked();
            if (asked != null) {
                byte[] yes = run.codec().encode(true, PASSED);
                byte[] value = run.codec()
                        .protect(
                                yes,
                                Places.step("answer", run.threadId(), run.run().runId(), asked.path()));
                entries.add(new LogEntry.Answered(asked.path(), now, asked.id(), value));
            }
        }
        return entries;
    }
}
