package dev.clew.processor.read;

import com.palantir.javapoet.ClassName;

/** Every type of the runtime that generated code mentions, by name: the processor does not depend on the runtime. */
public final class RuntimeNames {
    /** The version of the runtime's contract that the generated code is written for. */
    public static final int CONTRACT_VERSION = 1;

    public static final ClassName GRAPH = ClassName.get("dev.clew", "Graph");
    public static final ClassName CHECKPOINTER = ClassName.get("dev.clew.checkpoint", "Checkpointer");
    public static final ClassName GRAPH_BUILDER = ClassName.get("dev.clew", "GraphBuilder");
    public static final ClassName WIRING = ClassName.get("dev.clew.spi", "Wiring");

    public static final ClassName COMMAND = ClassName.get("dev.clew.interrupt", "Command");
    public static final ClassName CONTRACT = ClassName.get("dev.clew.spi", "Contract");
    public static final ClassName DIRECT_SCOPE = ClassName.get("dev.clew.spi", "DirectScope");
    static final ClassName FINAL = ClassName.get("dev.clew.flow", "Final");
    public static final ClassName INTERRUPT_KEY = ClassName.get("dev.clew.interrupt", "InterruptKey");
    public static final ClassName RUN = ClassName.get("dev.clew.flow", "Run");
    public static final ClassName SCOPE = ClassName.get("dev.clew.spi", "Scope");
    public static final ClassName TASK_CONTEXT = ClassName.get("dev.clew.flow", "TaskContext");
    public static final ClassName TASK_SPEC = ClassName.get("dev.clew.spi", "TaskSpec");
    public static final ClassName WORKFLOW = ClassName.get("dev.clew.flow", "Workflow");
    public static final ClassName WORKFLOW_SPEC = ClassName.get("dev.clew.spi", "WorkflowSpec");

    public static final ClassName ONCE = ClassName.get("dev.clew.effect", "Once");
    public static final ClassName UNDOABLE = ClassName.get("dev.clew.effect", "Undoable");
    public static final ClassName RESOLUTION = ClassName.get("dev.clew.effect", "Resolution");
    public static final ClassName UNKNOWN_OUTCOME = ClassName.get("dev.clew.effect", "UnknownOutcome");

    public static final ClassName CACHE_POLICY = ClassName.get("dev.clew.task", "CachePolicy");
    public static final ClassName RETRY_POLICY = ClassName.get("dev.clew.task", "RetryPolicy");
    public static final ClassName TASK_FUTURE = ClassName.get("dev.clew.task", "TaskFuture");

    public static final ClassName TYPE_REF = ClassName.get("dev.clew.value", "TypeRef");

    private RuntimeNames() {}
}
