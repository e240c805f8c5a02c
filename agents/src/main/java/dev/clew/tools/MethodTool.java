package dev.clew.tools;

import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.TaskCall;
import dev.clew.task.RetryPolicy;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private ToolOptions options = ToolOptions.NONE;

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

    /**
     * A question to the outside world: what became of a call?
     *
     * @param <F> what is found
     */
    @FunctionalInterface
    public interface Asked<F> {
        /** One attempt. */
        F ask(ToolInvocation call) throws Throwable;
    }

    /**
     * What undoes a call of the method.
     *
     * <pre>{@code
     * MethodTool.Undo cancel = call -> travel.cancel(call.<Trip>arg(0), call.<Optional<Booking>>arg(1), call.taskContext());
     * }</pre>
     */
    @FunctionalInterface
    public interface Undo {
        /** One attempt. */
        void undo(ToolInvocation call) throws Throwable;
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
        options = options.withFormerly(List.of(names));
        return this;
    }

    /** How failed calls are executed again. */
    public MethodTool retry(RetryPolicy policy) {
        options = options.plusRetry(policy);
        return this;
    }

    /** How long one attempt may run. */
    public MethodTool timeout(Duration limit) {
        options = options.withTimeout(limit);
        return this;
    }

    /** How long one attempt may go without a sign of progress. */
    public MethodTool idleTimeout(Duration limit) {
        options = options.withIdleTimeout(limit);
        return this;
    }

    /** The agent may end with its result. */
    public MethodTool returnDirect() {
        options = options.returningDirectly();
        return this;
    }

    /** Its calls run alone. */
    public MethodTool exclusive() {
        options = options.exclusive();
        return this;
    }

    /**
     * Its effect must not happen twice.
     *
     * @param outcome asks a person what became of a call
     */
    public MethodTool once(InterruptKey<UnknownOutcome, ? extends Resolution<?>> outcome) {
        options = options.withEffect(ToolEffect.asking(outcome));
        return this;
    }

    /** A failure of this class says for sure that nothing was done. */
    public MethodTool notDone(Class<? extends Throwable> failure) {
        ToolEffect effect = effect();
        List<Class<? extends Throwable>> all = new ArrayList<>(effect.notDone());
        all.add(failure);
        return effect(new ToolEffect(effect.key(), all, effect.settle(), effect.found()));
    }

    /** How long after an attempt was given up an empty {@link #reconcile} counts. */
    public MethodTool settle(Duration atLeast) {
        ToolEffect effect = effect();
        return effect(new ToolEffect(effect.key(), effect.notDone(), atLeast, effect.found()));
    }

    /** Says what the call gave, if it acted; empty if it did not. */
    public <F> MethodTool reconcile(TypeRef<Optional<F>> type, Asked<Optional<F>> method) {
        return found(type, method);
    }

    /** Says whether the call acted, of a tool without a result. */
    public MethodTool reconcile(Asked<Boolean> method) {
        return found(TypeRef.of(Boolean.class), method);
    }

    private <F> MethodTool found(TypeRef<F> type, Asked<F> method) {
        ToolEffect effect = effect();
        ToolEffect.Code<F> code = (arguments, call) -> method.ask(invocation(arguments, call));
        return effect(
                new ToolEffect(effect.key(), effect.notDone(), effect.settle(), new ToolEffect.Found<>(type, code)));
    }

    /**
     * Undoes what a call has done, when its run is undone. It may be repeated.
     *
     * @param given the type of what the tool gives
     * @param method gets an {@code Optional} of that after the arguments, empty if the call perhaps never acted
     */
    public <F> MethodTool undo(TypeRef<F> given, TypeRef<Optional<F>> type, Undo method) {
        return undone(given, type, method);
    }

    /** Undoes a call of a tool without a result; gets whether the call is known to have acted after the arguments. */
    public MethodTool undo(Undo method) {
        return undone(TypeRef.of(Void.class), TypeRef.of(Boolean.class), method);
    }

    private MethodTool undone(TypeRef<?> given, TypeRef<?> type, Undo method) {
        options = options.withUndo(new ToolUndo(given, type, (arguments, known, call) -> {
            List<@Nullable Object> all = new ArrayList<>((List<?>) Objects.requireNonNull(arguments, "arguments"));
            all.add(known);
            method.undo(new ToolInvocation(call, all));
        }));
        return this;
    }

    private ToolEffect effect() {
        return Objects.requireNonNull(options.effect(), "once(…) comes before what is said of the effect");
    }

    private MethodTool effect(ToolEffect effect) {
        options = options.withEffect(effect);
        return this;
    }

    private static ToolInvocation invocation(@Nullable Object arguments, TaskCall call) {
        return new ToolInvocation(call, (List<?>) Objects.requireNonNull(arguments, "arguments"));
    }

    /** The tool as one that makes no durable calls. */
    public AgentTool leaf(Call method) {
        return end(AgentTool.Kind.LEAF, method);
    }

    /** The tool as one that makes durable calls. */
    public AgentTool scope(Call method) {
        if (options.undo() != null) {
            throw new IllegalRequestException("the tool '" + name
                    + "' cannot be undone: a scope runs again in each replay; undo the tasks that it calls");
        }
        return end(AgentTool.Kind.SCOPE, method);
    }

    private AgentTool end(AgentTool.Kind kind, Call method) {
        return new AgentTool(
                name,
                description,
                new ToolForm.Parameters(parameters),
                kind,
                (arguments, call, input) -> method.run(invocation(arguments, call)),
                options);
    }
}
