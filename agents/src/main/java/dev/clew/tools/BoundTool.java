package dev.clew.tools;

import dev.clew.messages.ContentBlock;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ToolSpec;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tool with its schema, as an agent's loop uses it. Made once, when the agent is built. Immutable and thread-safe.
 *
 * <pre>{@code
 * BoundTool tool = BoundTool.of(search, JsonCodec.standard());
 * String wrong = tool.problem(call.args()); // for the model; empty if there is nothing wrong
 * }</pre>
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class BoundTool {
    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);

    /** A longer text would fill the model's window by itself. */
    private static final int LONGEST_TEXT = 50_000;

    private final AgentTool tool;
    private final Codec codec;
    private final Map<String, @Nullable Object> schema;
    private final ToolSpec.Function spec;

    private BoundTool(AgentTool tool, Codec codec) {
        this.tool = tool;
        this.codec = codec;
        this.schema = tool.form().schema(tool.name(), codec);
        this.spec = ToolSpec.of(tool.name(), tool.description(), schema);
    }

    /**
     * Returns the tool with a codec.
     *
     * @throws CodecException if the codec cannot read its arguments
     */
    public static BoundTool of(AgentTool tool, Codec codec) {
        return new BoundTool(tool, codec);
    }

    /** Returns the tool. */
    public AgentTool tool() {
        return tool;
    }

    /** Returns what the model is told. */
    public ToolSpec.Function spec() {
        return spec;
    }

    /** Returns what is wrong with arguments, for the model to read; empty if nothing is. */
    public String problem(Map<String, ? extends @Nullable Object> arguments) {
        List<Problem> problems = checked(arguments, tool.form().stored()).problems();
        if (!problems.isEmpty()) {
            return wrong(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
        try {
            tool.form().read(taken(arguments), codec);
            return "";
        } catch (CodecException unfit) {
            return wrong(String.valueOf(unfit.getMessage()));
        }
    }

    private String wrong(String what) {
        return "The arguments of '" + tool.name()
                + "' are wrong, and nothing was done. Correct them and call it again: " + what;
    }

    private ArgumentCheck.Checked checked(
            Map<String, ? extends @Nullable Object> arguments, ArgumentCheck.Cases cases) {
        return ArgumentCheck.check(schema, arguments, codec, cases);
    }

    /** Returns arguments that have no problem, as the codec reads them. */
    public Map<String, @Nullable Object> taken(Map<String, ? extends @Nullable Object> arguments) {
        return members(checked(arguments, tool.form().stored()).value());
    }

    /** Returns arguments that have no problem, of the types of the schema and as the model would write them: for rules to judge. */
    public Map<String, @Nullable Object> normal(Map<String, ? extends @Nullable Object> arguments) {
        return members(checked(arguments, tool.form().written()).value());
    }

    /** Returns arguments in JSON. */
    public String json(Map<String, ? extends @Nullable Object> arguments) {
        return text(arguments);
    }

    private static Map<String, @Nullable Object> members(@Nullable Object value) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put(String.valueOf(name), member));
        }
        return members;
    }

    /** Returns the same builder of a step, with the policies of the tool. */
    public <R extends @Nullable Object> TaskSpec.Builder<R> policies(TaskSpec.Builder<R> step, String prefix) {
        AgentTool.Options options = tool.options();
        options.formerly().forEach(name -> step.formerly(prefix + name));
        options.retry().forEach(step::retry);
        if (options.timeout() != null) {
            step.timeout(options.timeout());
        }
        if (options.idleTimeout() != null) {
            step.idleTimeout(options.idleTimeout());
        }
        return step;
    }

    /** Runs one attempt of a call. Arguments that do not fit are a result that says so. */
    public ToolResult<?> run(Map<String, @Nullable Object> arguments, TaskCall call) throws Throwable {
        String problem = problem(arguments);
        if (!problem.isEmpty()) {
            return ToolResult.error(problem);
        }
        Object result = tool.code().run(tool.form().read(taken(arguments), codec), call);
        return result instanceof ToolResult<?> said ? said : ToolResult.of(result);
    }

    /** Returns the message that answers a call with a result. */
    public ToolMessage message(ToolCall call, ToolResult<?> result) {
        return new ToolMessage(
                null,
                call.name(),
                content(result.content()),
                call.id(),
                result.artifact(),
                result.isError() ? ToolMessage.Status.ERROR : ToolMessage.Status.SUCCESS,
                Map.of());
    }

    private List<ContentBlock> content(@Nullable Object value) {
        if (value instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(ContentBlock.class::isInstance)) {
            return list.stream().map(ContentBlock.class::cast).toList();
        }
        return ContentBlock.ofText(cut(text(value)));
    }

    private String text(@Nullable Object value) {
        if (value == null) {
            return "done";
        }
        return value instanceof String text ? text : new String(codec.encode(value, ANY), StandardCharsets.UTF_8);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT) + "\n[cut: " + (text.length() - LONGEST_TEXT)
                        + " more characters; ask for less]";
    }
}
