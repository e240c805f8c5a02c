package dev.clew.engine.run;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.format.Carried;
import dev.clew.engine.format.QuestionId;
import dev.clew.flow.RunConfig;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call of a workflow on a thread of its own.
 *
 * @param workflow whose run it is; its graph may be another one
 * @param config the thread, and how it runs there
 * @param thread that thread, in the workflow's graph
 * @param awaited whether its result is wanted, or only that it runs
 */
public record DetachedCall(RunWorkflow<?, ?> workflow, RunConfig config, ChildThread thread, boolean awaited) {
    private static final byte[] PURPOSE = "detached".getBytes(StandardCharsets.UTF_8);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    /** The call, if it makes sense in this run. */
    public static DetachedCall of(Session session, RunWorkflow<?, ?> workflow, RunConfig config, boolean awaited) {
        String name = "workflow '" + workflow.name() + "' on a thread of its own, in " + session.where();
        String thread = config.threadId()
                .orElseThrow(() -> new IllegalRequestException(
                        name + ", needs RunConfig.thread(id); a child inside this run takes no configuration"));
        Checkpointer store = workflow.graph().store().orElse(null);
        if (store == null) {
            throw new IllegalRequestException(name + ", needs a graph with a checkpointer");
        }
        if (store == session.settings().checkpointer() && thread.equals(session.threadId())) {
            throw new IllegalRequestException(name + ", was given the thread '" + thread
                    + "' of the run that calls it, which is busy; use another thread, or a child inside this run");
        }
        if (config.runId().isPresent() || config.checkpoint().isPresent()) {
            throw new IllegalRequestException(
                    name + ", takes no run id and no checkpoint: its run id is made of the calling step's id");
        }
        if (config.request().isPresent()) {
            throw new IllegalRequestException(name + ", takes no request(…): no server's request asks for it");
        }
        if (config.saysQueue() && !config.contexts().isEmpty()) {
            throw new IllegalRequestException(
                    name + ", is enqueued, so it takes no contexts, which are objects of this process;"
                            + " the builder of the workers' graph gives them");
        }
        RunConfig own = inheriting(session, config);
        return new DetachedCall(workflow, own, workflow.onThread(own), awaited);
    }

    /** A child without attributes or a subject of its own has its parent's: whoever they name, the child does it for them. */
    private static RunConfig inheriting(Session session, RunConfig config) {
        RunConfig parent = session.activation().config();
        Map<String, Object> attributes = parent.attributes();
        RunConfig child =
                attributes.isEmpty() ? config : config.attributes(Carried.merged(config.attributes(), attributes));
        return child.subject().isEmpty() && parent.subject().isPresent()
                ? child.subject(parent.subject().get())
                : child;
    }

    /** Whether a worker executes it. */
    boolean isQueued() {
        return config.saysQueue();
    }

    String threadId() {
        return config.threadId().orElseThrow();
    }

    /** The same for every replay of the calling step, so that it is never run twice. */
    static String runId(Session session, String path) {
        return "child-" + QuestionId.ofChild(session.threadId(), session.runId(), path, PURPOSE);
    }

    public TaskSpec<?> spec() {
        WorkflowSpec<?, ?> child = workflow.spec();
        TypeRef<?> declared = awaited ? child.outputType() : TEXT;
        @SuppressWarnings("unchecked") // the value is only ever handed on
        TypeRef<Object> result = (TypeRef<Object>) declared;
        TaskSpec.Builder<Object> spec =
                TaskSpec.of(child.name(), result).method("", child.name() + "(" + child.inputType() + ") on a thread");
        spec.formerly(child.formerly().toArray(String[]::new));
        if (child.hasInput()) {
            spec.parameter("input", child.inputType());
        }
        return spec.parameter("thread", TEXT)
                .parameter("awaited", TypeRef.of(Boolean.class))
                .leaf(call -> {
                    throw new IllegalStateException("a workflow on a thread of its own is no step's body");
                });
    }

    @Nullable
    public Object[] arguments(@Nullable Object input) {
        List<@Nullable Object> arguments = new ArrayList<>();
        if (workflow.spec().hasInput()) {
            arguments.add(input);
        }
        arguments.add(threadId());
        arguments.add(awaited);
        return arguments.toArray();
    }

    /** Opens the run, or joins it where it was opened before. */
    CompletableFuture<?> admit(Step step, String runId, String parent) {
        Object input = workflow.spec().hasInput() ? step.arguments().copy(0) : null;
        return thread.admit(input, config.runId(runId).metadata("clew.parent", parent));
    }

    boolean isOpened(String runId) {
        return thread.isOpened(runId);
    }

    boolean isWaitedFor(String runId) {
        return thread.isWaitedFor(runId);
    }
}
