package dev.clew.tools;

import dev.clew.task.RetryPolicy;
import dev.clew.value.TypeRef;
import java.time.Duration;

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

    public AgentTool leaf(Call method) {
        return new AgentTool();
    }

    public AgentTool scope(Call method) {
        return new AgentTool();
    }
}
