package dev.clew.tools;

import dev.clew.task.RetryPolicy;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes a tool that is a method; {@link #leaf} or {@link #scope} ends it. For generated code. Not thread-safe.
 *
 * <pre>{@code
 * AgentTool.method("weather", "Tells the weather of a city.")
 *     .parameter("city", TypeRef.of(String.class), "its English name")
 *     .leaf(call -> travel.weather(call.<String>arg(0)))
 * }</pre>
 */
public final class MethodTool {
    private final String name;
    private final String description;
    private final List<ToolForm.Parameter> parameters = new ArrayList<>();
    private final List<String> formerly = new ArrayList<>();
    private final List<RetryPolicy> retry = new ArrayList<>();
    private @Nullable Duration timeout;
    private @Nullable Duration idleTimeout;
    private boolean isReturnDirect;
    private boolean isExclusive;

    MethodTool(String name, String description) {
        this.name = name;
        this.description = description;
    }

    /** A call of the method. */
    @FunctionalInterface
    public interface Call {
        /** One attempt. */
        @Nullable
        Object run(ToolInvocation call) throws Throwable;
    }

    /** The next parameter. */
    public MethodTool parameter(String parameter, TypeRef<?> type, String text) {
        parameters.add(new ToolForm.Parameter(parameter, type, text, false));
        return this;
    }

    /** The next parameter, which may be null, and which the model may leave out. */
    public MethodTool optional(String parameter, TypeRef<?> type, String text) {
        parameters.add(new ToolForm.Parameter(parameter, type, text, true));
        return this;
    }

    /** Names that it had before. */
    public MethodTool formerly(String... names) {
        formerly.addAll(List.of(names));
        return this;
    }

    /** How failed calls are executed again. */
    public MethodTool retry(RetryPolicy policy) {
        retry.add(policy);
        return this;
    }

    /** How long one attempt may run. */
    public MethodTool timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    /** How long one attempt may go without a sign of progress. */
    public MethodTool idleTimeout(Duration limit) {
        idleTimeout = limit;
        return this;
    }

    /** The agent may end with its result. */
    public MethodTool returnDirect() {
        isReturnDirect = true;
        return this;
    }

    /** Its calls run alone. */
    public MethodTool exclusive() {
        isExclusive = true;
        return this;
    }

    /** The tool as one that makes no durable calls. */
    public AgentTool leaf(Call method) {
        return end(AgentTool.Kind.LEAF, method);
    }

    /** The tool as one that makes durable calls. */
    public AgentTool scope(Call method) {
        return end(AgentTool.Kind.SCOPE, method);
    }

    private AgentTool end(AgentTool.Kind kind, Call method) {
        return new AgentTool(
                name,
                description,
                new ToolForm.Parameters(parameters),
                kind,
                (arguments, call) ->
                        method.run(new ToolInvocation(call, (List<?>) Objects.requireNonNull(arguments, "arguments"))),
                new AgentTool.Options(
                        List.copyOf(formerly), List.copyOf(retry), timeout, idleTimeout, isReturnDirect, isExclusive));
    }
}
