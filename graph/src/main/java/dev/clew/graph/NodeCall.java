package dev.clew.graph;

import dev.clew.flow.ChildCall;
import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import dev.clew.flow.Workflow;
import dev.clew.graph.fold.Channel;
import dev.clew.interrupt.InterruptKey;
import dev.clew.messages.MessageChunk;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.store.Store;
import dev.clew.task.Failure;
import dev.clew.task.TaskFuture;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One attempt of a node, as its body sees it. Of what the state has it gets copies of its own. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class NodeCall<S> implements HandlerInput<S, Object> {
    private final GraphNodes<S> graph;
    private final NodeSpec<S> node;
    private final TaskCall call;
    private final NodeEntry entry;
    private final boolean isScope;
    private final @Nullable Failure failure;
    private @Nullable S state;

    NodeCall(
            GraphNodes<S> graph,
            NodeSpec<S> node,
            TaskCall call,
            NodeEntry entry,
            boolean isScope,
            @Nullable Failure failure) {
        this.graph = graph;
        this.node = node;
        this.call = call;
        this.entry = entry;
        this.isScope = isScope;
        this.failure = failure;
    }

    // --- the state and what was sent ---

    @Override
    public S state() {
        if (isKept() && node.reads() != null) {
            throw new IllegalRequestException(kept() + ", " + node.reads()
                    + ", and asks for the whole state; ask for these components, or leave out reads(…)");
        }
        S made = state;
        if (made == null) {
            made = graph.state().make(copies());
            state = made;
        }
        return made;
    }

    private StateValues copies() {
        @Nullable Object[] copies = entry.values().array().clone();
        for (int i = 0; i < copies.length; i++) {
            copies[i] = own(i, copies[i]);
        }
        return new StateValues(graph.state().channels(), copies);
    }

    /** What cannot be changed is shared by all nodes, whatever its size; of anything else each gets a copy. */
    private @Nullable Object own(int index, @Nullable Object value) {
        TypeRef<?> type = graph.state().channels().all().get(index).type();
        return Containers.view(graph.isShared(index) ? value : call.copy(value, type), type);
    }

    /** Whether what it gets is kept, as a key or to undo it: then it gets nothing else. */
    private boolean isKept() {
        return failure == null && (node.isCached() || node.effect() instanceof UndoableEffect<?, ?>);
    }

    private String kept() {
        return "the node '" + node.name() + "' is " + (node.isCached() ? "cached" : "undone") + " by what it reads";
    }

    private @Nullable Object own(Component<?, ?> component) {
        List<String> reads = node.reads();
        if (isKept() && reads != null && !reads.contains(component.name())) {
            throw new IllegalRequestException(
                    kept() + ", " + reads + ", and asks for '" + component.name() + "'; add it to reads(…)");
        }
        int index = graph.state().channels().indexOf(component.name());
        return own(index, entry.values().find(component.name()));
    }

    @Override
    @SuppressWarnings("unchecked") // the component's own value
    public <V extends @Nullable Object> V value(Component<V, ?> component) {
        return (V) own(component);
    }

    @Override
    @SuppressWarnings("unchecked") // the component's own value
    public <V> V required(Component<? extends @Nullable V, ?> component) {
        Object value = own(component);
        if (value == null) {
            Channel channel = component.channel();
            throw new MissingValueException(channel.name(), graph.writers(channel));
        }
        return (V) value;
    }

    @Override
    // null where an edge leads to the node, which its type says
    public Object sent() {
        TypeRef<?> type = entry.sentType();
        return type == null ? entry.sent() : call.copy(entry.sent(), type);
    }

    @Override
    public Superstep superstep() {
        Superstep superstep = entry.superstep();
        if (failure == null && node.isCached()) {
            throw new IllegalRequestException("the node '" + node.name()
                    + "' is cached, and asks for its superstep, which is no part of the key; leave out one of the two");
        }
        if (superstep == null) {
            throw new IllegalRequestException("what undoes the node '" + node.name()
                    + "' asks for the superstep of the node, which is not recorded; leave it out");
        }
        return superstep;
    }

    @Override
    public Failure failure() {
        if (failure == null) {
            throw new IllegalRequestException("only what stands in for a node has a failure");
        }
        return failure;
    }

    @Override
    public <C> C context(Class<C> type) {
        return call.context(type);
    }

    @Override
    public <R extends @Nullable Object> R await(CompletionStage<R> stage) throws Throwable {
        return call.await(stage);
    }

    @Override
    public Scope scope() {
        return call.scope();
    }

    // --- the handle of the attempt ---

    private TaskContext task() {
        return isScope ? call.run() : call.taskContext();
    }

    @Override
    public String threadId() {
        return task().threadId();
    }

    @Override
    public String runId() {
        return task().runId();
    }

    @Override
    public String stepId() {
        return task().stepId();
    }

    @Override
    public String effectId() {
        return task().effectId();
    }

    @Override
    public int attempt() {
        return task().attempt();
    }

    @Override
    public void emit(@Nullable Object value) {
        task().emit(value);
    }

    @Override
    public void emitChunk(MessageChunk chunk) {
        task().emitChunk(chunk);
    }

    @Override
    public boolean isStreamed() {
        return task().isStreamed();
    }

    @Override
    public void heartbeat() {
        task().heartbeat();
    }

    @Override
    public Store store() {
        return task().store();
    }

    // --- durable calls ---

    @Override
    public Run run() {
        return call.run();
    }

    @Override
    public <Q, A extends @Nullable Object> A interrupt(InterruptKey<Q, A> key, Q question) {
        return run().interrupt(key, question);
    }

    @Override
    public <Q, A> Optional<A> interrupt(InterruptKey<Q, A> key, Q question, Duration deadline) {
        return run().interrupt(key, question, deadline);
    }

    @Override
    public @Nullable Object interrupt(Object question) {
        return run().interrupt(question);
    }

    @Override
    public TaskFuture<@Nullable Void> timer(Duration duration) {
        return run().timer(duration);
    }

    @Override
    public void sleep(Duration duration) {
        run().sleep(duration);
    }

    @Override
    public Instant now() {
        return run().now();
    }

    @Override
    public Random random() {
        return run().random();
    }

    @Override
    public UUID randomUuid() {
        return run().randomUuid();
    }

    @Override
    public boolean patched(String id) {
        return run().patched(id);
    }

    @Override
    public <I, O extends @Nullable Object> O invoke(Workflow<I, O> workflow, I input) {
        return run().invoke(workflow, input);
    }

    @Override
    public <O extends @Nullable Object> O invoke(Workflow<Void, O> workflow) {
        return run().invoke(workflow);
    }

    @Override
    public <I, O extends @Nullable Object> ChildCall<I, O> child(Workflow<I, O> workflow) {
        return run().child(workflow);
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> task(String name, Class<R> type, Callable<? extends R> body) {
        return run().task(name, type, body);
    }

    @Override
    public <R extends @Nullable Object> TaskFuture<R> task(String name, TypeRef<R> type, Callable<? extends R> body) {
        return run().task(name, type, body);
    }

    @Override
    public boolean isReplaying() {
        return run().isReplaying();
    }

    @Override
    public RuntimeException undo() {
        return run().undo();
    }

    @Override
    public boolean isSuspending() {
        return run().isSuspending();
    }
}
