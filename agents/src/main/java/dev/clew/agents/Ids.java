package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.messages.InvalidToolCall;
import dev.clew.messages.MessageIds;
import dev.clew.messages.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ids of messages and calls: made of the step that makes them, so that they are the same on every replay. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class Ids {
    /** The member of a call's extras that has the id which the provider gave it. */
    private static final String PROVIDER_ID = "provider_id";

    private Ids() {}

    /** An id of letters and digits alone, because providers refuse others. */
    static String of(String prefix, String step, int number) {
        return prefix + MessageIds.of(step, String.valueOf(number));
    }

    /**
     * The same answer, each of whose calls has an id that no other call of the thread has: some providers begin with the same id
     * in every answer, repeat one inside of an answer, or give none.
     *
     * @param taken the ids of the thread's other calls
     */
    static AiMessage unique(AiMessage answer, String step, Set<String> taken) {
        Set<String> used = new HashSet<>(taken);
        List<ToolCall> calls = new ArrayList<>();
        int number = 0;
        for (ToolCall call : answer.toolCalls()) {
            number++;
            if (!call.id().isBlank() && used.add(call.id())) {
                calls.add(call);
            } else {
                calls.add(call.withExtras(remembered(call.extras(), call.id())).withId(fresh(step, number, used)));
            }
        }
        List<InvalidToolCall> invalid = new ArrayList<>();
        for (InvalidToolCall call : answer.invalidToolCalls()) {
            number++;
            boolean isKept = call.id() != null && !call.id().isBlank() && used.add(call.id());
            invalid.add(isKept ? call : call.withId(fresh(step, number, used)));
        }
        return answer.withToolCalls(calls).withInvalidToolCalls(invalid);
    }

    private static String fresh(String step, int number, Set<String> used) {
        String id = of("call_", step, number);
        used.add(id);
        return id;
    }

    private static Map<String, @Nullable Object> remembered(Map<String, @Nullable Object> extras, String id) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(extras);
        if (!id.isBlank()) {
            more.put(PROVIDER_ID, id);
        }
        return more;
    }
}
