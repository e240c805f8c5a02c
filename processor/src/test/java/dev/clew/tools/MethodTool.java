package dev.clew.tools;

import dev.clew.effect.Resolution;
import dev.clew.effect.UnknownOutcome;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.RetryPolicy;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.Optional;

/** The builder that generated code calls. */
public final class MethodTool {
    MethodTool() {}

    @FunctionalInterface
    public interface Call {
        Object run(ToolInvocation call) throws Throwable;
    }

    public MethodTool parameter(String parameter, TypeRef<?> type, String text) {
        return this;
    }

    public MethodTool optional(String parameter, TypeRef<?> type, String text) {
        return this;
    }

    public MethodTool formerly(String... names) {
        return this;
    }

    public MethodTool retry(RetryPolicy policy) {
        return this;
    }

    public MethodTool timeout(Duration limit) {
        return this;
    }

    public MethodTool idleTimeout(Duration limit) {
        return this;
    }

    public MethodTool returnDirect() {
        return this;
    }

    public MethodTool exclusive() {
        return this;
    }

    public MethodTool once(InterruptKey<UnknownOutcome, ? extends Resolution<?>> outcome) {
        return this;
    }

    public MethodTool notDone(Class<? extends Throwable> failure) {
        return this;
    }

    public MethodTool settle(Duration atLeast) {
        return this;
    }

    public <F> MethodTool reconcile(TypeRef<Optional<F>> type, Asked<Optional<F>> method) {
        return this;
    }

    public MethodTool reconcile(Asked<Boolean> method) {
        return this;
    }

    public <F> MethodTool undo(TypeRef<F> given, TypeRef<Optional<F>> type, Undo method) {
        return this;
    }

    public MethodTool undo(Undo method) {
        return this;
    }

    /** What undoes a call. */
    @FunctionalInterface
    public interface Undo {
        void undo(ToolInvocation call) throws Throwable;
    }

    /** A question to the outside world. */
    @FunctionalInterface
    public interface Asked<F> {
        F ask(ToolInvocation call) throws Throwable;
    }

    public AgentTool leaf(Call method) {
        return new AgentTool();
    }

    public AgentTool scope(Call method) {
        return new AgentTool();
    }
}
