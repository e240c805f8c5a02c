package dev.clew.testing;

import dev.clew.engine.world.Witness;
import dev.clew.json.JsonCodec;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The durable calls that runs made, with their arguments as text; of a call that is repeated, the first. Thread-safe. */
final class Calls {
    private final Codec codec = JsonCodec.standard();
    private final Map<String, Map<String, Call>> byRun = new LinkedHashMap<>();

    /** A durable call of a scope. */
    record Call(String path, int ordinal, List<String> arguments) {
        Call {
            arguments = List.copyOf(arguments);
        }

        /** The step with its arguments, as the difference of two runs shows it. */
        String text() {
            return path + '(' + String.join(", ", arguments) + ')';
        }
    }

    void add(Witness.Call call) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            arguments.add(text(
                    call.arguments().get(i),
                    i < call.types().size() ? call.types().get(i) : null));
        }
        add(call.threadId(), call.runId(), new Call(call.path(), call.ordinal(), arguments));
    }

    synchronized void add(String threadId, String runId, Call call) {
        byRun.computeIfAbsent(threadId + '\n' + runId, run -> new LinkedHashMap<>())
                .putIfAbsent(call.path(), call);
    }

    private String text(@Nullable Object argument, @Nullable TypeRef<?> type) {
        if (type != null) {
            try {
                return new String(codec.encode(argument, type), StandardCharsets.UTF_8);
            } catch (ClewException unencodable) {
                return String.valueOf(argument);
            }
        }
        return String.valueOf(argument);
    }

    synchronized Collection<Call> of(String threadId, String runId) {
        return List.copyOf(byRun.getOrDefault(threadId + '\n' + runId, Map.of()).values());
    }
}
