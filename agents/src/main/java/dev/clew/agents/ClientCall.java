package dev.clew.agents;

import dev.clew.messages.PlainData;
import dev.clew.messages.ToolCall;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The question that asks the caller of a run to execute a tool: {@link Agent#CLIENT_CALL}. The answer is the result, plain data.
 *
 * @param toolCallId the call
 * @param name the tool
 * @param args the arguments, plain data
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public record ClientCall(String toolCallId, String name, Map<String, @Nullable Object> args) {
    /** Copies the arguments. */
    public ClientCall {
        Objects.requireNonNull(toolCallId, "toolCallId");
        Objects.requireNonNull(name, "name");
        args = PlainData.copyOf(args);
    }

    static ClientCall of(ToolCall call) {
        return new ClientCall(call.id(), call.name(), call.args());
    }
}
