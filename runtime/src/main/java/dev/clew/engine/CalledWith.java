package dev.clew.engine;

import dev.clew.engine.log.ArgumentFormat;
import dev.clew.engine.log.ArgumentFormat.Kept;
import dev.clew.engine.log.StepLog;
import dev.clew.flow.TaskInfo;
import dev.clew.spi.TaskSpec;
import dev.clew.state.StepArgument;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What steps are called with, as their entries keep it and as people see it. */
final class CalledWith {
    /** What kept arguments are bound to, beside their step. */
    static final String KIND = "arguments";

    private CalledWith() {}

    /** What an entry keeps of a step's arguments; null if the graph keeps none. */
    static byte @Nullable [] protect(Session session, Step step) {
        return session.durable() && session.settings().keepArguments()
                ? session.protect(KIND, step.path(), ArgumentFormat.write(of(step.spec(), step.arguments())))
                : null;
    }

    /** The same for arguments that are not recorded, so that both can be compared. */
    static List<Kept> of(TaskSpec<?> spec, Values.Arguments arguments) {
        List<String> names =
                spec.parameters().stream().map(TaskInfo.Parameter::name).toList();
        List<byte[]> clear = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            clear.add(arguments.encoded(i));
        }
        return ArgumentFormat.cut(names, clear);
    }

    /** Whether an entry of this very call has its arguments already. */
    static boolean has(@Nullable StepLog recorded, Values.Arguments arguments) {
        return recorded != null
                && recorded.call().arguments() != null
                && Arrays.equals(recorded.call().digest(), arguments.digest());
    }

    /**
     * What is kept of a recorded step's arguments; empty if nothing is.
     *
     * @throws ClewException if it cannot be read
     */
    static List<Kept> recorded(StepLog step, Codec codec, String threadId, String runId) {
        byte[] stored = step.call().arguments();
        return stored == null
                ? List.of()
                : ArgumentFormat.read(
                        codec.reveal(stored, Places.step(KIND, threadId, runId, step.path())),
                        "what is kept of the arguments of step '" + step.path() + "'");
    }

    /** The same for people; what cannot be read is told in place of a value. */
    static List<StepArgument> shown(StepLog step, Codec codec, String threadId, String runId) {
        try {
            List<StepArgument> shown = new ArrayList<>();
            for (Kept kept : recorded(step, codec, threadId, runId)) {
                shown.add(shown(kept, codec));
            }
            return List.copyOf(shown);
        } catch (ClewException unreadable) {
            return List.of(new StepArgument("?", "(cannot be read: " + unreadable.getMessage() + ")", true));
        }
    }

    static StepArgument shown(Kept kept, Codec codec) {
        return kept.isCut()
                ? new StepArgument(kept.name(), cut(kept), true)
                : new StepArgument(kept.name(), codec.decodePlain(kept.bytes()), false);
    }

    private static String cut(Kept kept) {
        return new String(kept.bytes(), StandardCharsets.UTF_8) + "… (cut: the first " + kept.bytes().length + " of "
                + kept.whole() + " bytes)";
    }
}
