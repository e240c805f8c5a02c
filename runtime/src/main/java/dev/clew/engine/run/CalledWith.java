package dev.clew.engine.run;

import dev.clew.engine.format.KeptArguments;
import dev.clew.engine.format.Values;
import dev.clew.engine.log.ArgumentFormat;
import dev.clew.engine.log.ArgumentFormat.Kept;
import dev.clew.engine.log.StepLog;
import dev.clew.flow.TaskInfo;
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
                ? session.protect(
                        KeptArguments.KIND, step.path(), ArgumentFormat.write(of(step.spec(), step.arguments())))
                : null;
    }

    /** The same for arguments that are not recorded, so that both can be compared. */
    public static List<Kept> of(TaskSpec<?> spec, Values.Arguments arguments) {
        List<TaskInfo.Parameter> parameters = spec.parameters();
        List<String> names = new ArrayList<>(parameters.size());
        List<byte[]> clear = new ArrayList<>(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            names.add(parameters.get(i).name());
            clear.add(arguments.encoded(i));
        }
        return ArgumentFormat.cut(names, clear);
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
