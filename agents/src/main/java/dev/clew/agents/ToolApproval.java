package dev.clew.agents;

import dev.clew.messages.PlainData;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The question whether a call of a tool is to be executed. In JSON as LangChain's {@code tool_approval}.
 *
 * @param toolCallId the call
 * @param name the tool
 * @param args the arguments, plain data
 * @param description what the person is told
 * @param allowed the decisions that are taken
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public record ToolApproval(
        String toolCallId,
        String name,
        Map<String, @Nullable Object> args,
        String description,
        Set<Decision.Kind> allowed) {
    /** Copies the arguments and the decisions. */
    public ToolApproval {
        Objects.requireNonNull(toolCallId, "toolCallId");
        Objects.requireNonNull(name, "name");
        args = PlainData.copyOf(args);
        Objects.requireNonNull(description, "description");
        allowed = Set.copyOf(allowed);
    }
}
