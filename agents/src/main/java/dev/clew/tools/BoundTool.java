package dev.clew.tools;

import dev.clew.effect.Once;
import dev.clew.effect.Undoable;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
        ToolOptions options = tool.options();
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

    /**
     * Returns the step of a call whose effect must not happen twice; any other step as it is.
     *
     * @param leaf runs an attempt; its first argument is that of the call
     * @param made makes the step's outcome of what people and the outside world say that the call gave
     */
    public <R> TaskSpec<R> once(TaskSpec<R> leaf, Function<ToolResult<?>, R> made) {
        ToolEffect effect = tool.options().effect();
        return effect == null ? leaf : effect.around(leaf, this::read, made).spec();
    }

    private Object read(TaskCall call) {
        return tool.form().read(taken(call.<Map<String, @Nullable Object>>arg(0)), codec);
    }

    /** Returns the type of what a call gives that can be undone; null if calls cannot. */
    public @Nullable TypeRef<?> undoneBy() {
        ToolUndo undo = tool.options().undo();
        return undo == null ? null : undo.given();
    }

    /**
     * Returns the step of a call that can be undone, and perhaps must not happen twice.
     *
     * @param leaf runs an attempt; its first argument is that of the call
     * @param made makes the step's outcome of what people and the outside world say that the call gave
     * @param given reads what the call gave of the step's outcome
     */
    public <R> TaskSpec<R> undoable(
            TaskSpec<R> leaf, Function<ToolResult<?>, R> made, Function<R, @Nullable Object> given) {
        ToolUndo undo = Objects.requireNonNull(tool.options().undo(), "undo");
        Function<TaskCall, Optional<Object>> read =
                call -> problem(call.arg(0)).isEmpty() ? Optional.of(read(call)) : Optional.empty();
        ToolEffect effect = tool.options().effect();
        if (effect != null) {
            Once<R> once = effect.around(leaf, this::read, made);
            undo.of(once, read, given);
            return once.spec();
        }
        Undoable<R> step = Undoable.of(leaf);
        undo.of(step, read, given);
        return step.spec();
    }

    /** Runs one attempt of a call. Arguments that do not fit are a result that says so. */
    public ToolResult<?> run(Map<String, @Nullable Object> arguments, TaskCall call) throws Throwable {
        return run(arguments, call, input -> input);
    }

    /** {@link #run(Map, TaskCall)} of a tool that may be a graph, whose input is changed first. */
    public ToolResult<?> run(Map<String, @Nullable Object> arguments, TaskCall call, UnaryOperator<Object> input)
            throws Throwable {
        String problem = problem(arguments);
        if (!problem.isEmpty()) {
            return ToolResult.error(problem);
        }
        Object result = tool.code().run(tool.form().read(taken(arguments), codec), call, input);
        return result instanceof ToolResult<?> said ? said : ToolResult.of(result);
    }

    /** Returns the message that answers a call with a result. */
    public ToolMessage message(ToolCall call, ToolResult<?> result) {
        return message(call, result, text -> text);
    }

    /** Returns the message that answers a call with a result, whose texts are changed before they are cut. */
    public ToolMessage message(ToolCall call, ToolResult<?> result, UnaryOperator<String> changed) {
        return new ToolMessage(
                null,
                call.name(),
                content(result.content(), changed),
                call.id(),
                result.artifact(),
                result.isError() ? ToolMessage.Status.ERROR : ToolMessage.Status.SUCCESS,
                Map.of());
    }

    private List<ContentBlock> content(@Nullable Object value, UnaryOperator<String> changed) {
        if (value instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(ContentBlock.class::isInstance)) {
            return cut(list, changed);
        }
        return ContentBlock.ofText(
                cut(changed.apply(text(value)), tool.options().longestText()));
    }

    /** All texts together may be as long as one. */
    private List<ContentBlock> cut(List<?> blocks, UnaryOperator<String> changed) {
        List<ContentBlock> all = new ArrayList<>();
        int left = tool.options().longestText();
        for (Object block : blocks) {
            if (block instanceof ContentBlock.Text text) {
                String whole = changed.apply(text.text());
                all.add(
                        whole.equals(text.text()) && whole.length() <= left
                                ? text
                                : new ContentBlock.Text(cut(whole, left)));
                left = Math.max(0, left - whole.length());
            } else {
                all.add((ContentBlock) block);
            }
        }
        return all;
    }

    private String text(@Nullable Object value) {
        if (value == null) {
            return "done";
        }
        return value instanceof String text ? text : new String(codec.encode(value, ANY), StandardCharsets.UTF_8);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest
                ? text
                : text.substring(0, longest) + "\n[cut: " + (text.length() - longest)
                        + " more characters; ask for less]";
    }
}
