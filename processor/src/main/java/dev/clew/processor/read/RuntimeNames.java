package dev.clew.processor;

import com.palantir.javapoet.ClassName;

/** Every type of the runtime that generated code mentions, by name: the processor does not depend on the runtime. */
final class RuntimeNames {
    /** The version of the runtime's contract that the generated code is written for. */
    static final int CONTRACT_VERSION = 1;

    static final ClassName GRAPH = ClassName.get("dev.clew", "Graph");
    static final ClassName GRAPH_BUILDER = ClassName.get("dev.clew", "GraphBuilder");
    static final ClassName WIRING = ClassName.get("dev.clew.spi", "Wiring");

    static final ClassName COMMAND = ClassName.get("dev.clew.interrupt", "Command");
    static final ClassName CONTRACT = ClassName.get("dev.clew.spi", "Contract");
    static final ClassName DIRECT_SCOPE = ClassName.get("dev.clew.spi", "DirectScope");
    static final ClassName FINAL = ClassName.get("dev.clew.flow", "Final");
    static final ClassName INTERRUPT_KEY = ClassName.get("dev.clew.interrupt", "InterruptKey");
    static final ClassName RUN = ClassName.get("dev.clew.flow", "Run");
    static final ClassName SCOPE = ClassName.get("dev.clew.spi", "Scope");
    static final ClassName TASK_CONTEXT = ClassName.get("dev.clew.flow", "TaskContext");
    static final ClassName TASK_SPEC = ClassName.get("dev.clew.spi", "TaskSpec");
    static final ClassName WORKFLOW = ClassName.get("dev.clew.flow", "Workflow");
    static final ClassName WORKFLOW_SPEC = ClassName.get("dev.clew.spi", "WorkflowSpec");

    static final ClassName CACHE_POLICY = ClassName.get("dev.clew.task", "CachePolicy");
    static final ClassName RETRY_POLICY = ClassName.get("dev.clew.task", "RetryPolicy");
    static final ClassName TASK_FUTURE = ClassName.get("dev.clew.task", "TaskFuture");

    static final ClassName TYPE_REF = ClassName.get("dev.clew.value", "TypeRef");

    private RuntimeNames() {}
}
