package dev.clew.engine.run;

import dev.clew.engine.format.KeptArguments;
import dev.clew.engine.format.Values;
import dev.clew.engine.log.ArgumentFormat;
import dev.clew.engine.log.ArgumentFormat.Kept;
import dev.clew.engine.log.StepLog;
import dev.clew.spi.TaskSpec;
import dev.clew.value.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What steps of a running session are called with, as their entries keep it. */
public final class CalledWith {
    private CalledWith() {}

    /** What an entry keeps of a step's arguments; null if the graph keeps none. */
    static byte @Nullable [] protect(Session session, Step step) {
        return session.durable() && session.settings().keepArguments()
                ? session.protect(KeptArguments.KIND, step.path(), written(step.spec(), step.arguments()))
                : null;
    }

    private static byte[] written(TaskSpec<?> spec, Values.Arguments arguments) {
        return ArgumentFormat.write(names(spec), clear(spec, arguments));
    }

    /** The same for arguments that are not recorded, so that both can be compared. */
    public static List<Kept> of(TaskSpec<?> spec, Values.Arguments arguments) {
        return ArgumentFormat.cut(names(spec), clear(spec, arguments));
    }

    private static List<String> names(TaskSpec<?> spec) {
        List<String> names = new ArrayList<>(spec.parameters().size());
        spec.parameters().forEach(parameter -> names.add(parameter.name()));
        return names;
    }

    private static List<byte[]> clear(TaskSpec<?> spec, Values.Arguments arguments) {
        List<byte[]> clear = new ArrayList<>(spec.parameters().size());
        for (int i = 0; i < spec.parameters().size(); i++) {
            clear.add(arguments.encoded(i));
        }
        return clear;
    }

    /** Whether an entry of this very call has its arguments already. */
    public static boolean has(@Nullable StepLog recorded, Values.Arguments arguments) {
        return recorded != null
                && recorded.call().arguments() != null
                && Arrays.equals(recorded.call().digest(), arguments.digest());
    }

    /** What is kept of a recorded step's arguments; see {@link KeptArguments#recorded}. */
    public static List<Kept> recorded(StepLog step, Codec codec, String threadId, String runId) {
        return KeptArguments.recorded(step, codec, threadId, runId);
    }
}
