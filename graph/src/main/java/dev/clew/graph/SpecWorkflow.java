package dev.clew.graph;

import dev.clew.flow.Breakpoints;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.graph.topology.Topology;
import dev.clew.interrupt.Command;
import dev.clew.spi.ForwardingWorkflow;
import dev.clew.spi.LoggedRun;
import dev.clew.spi.LoggedThreads;
import dev.clew.spi.Moment;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A workflow that knows the graph that it runs. */
final class SpecWorkflow<I, O extends @Nullable Object, S> extends ForwardingWorkflow<I, O>
        implements GraphWorkflow<I, O, S> {
    private final GraphSpec<I, O, S> spec;
    private final GraphNodes<S> nodes;
    private final Supplier<LoggedThreads> threads;

    SpecWorkflow(
            GraphSpec<I, O, S> spec, GraphNodes<S> nodes, Workflow<I, O> workflow, Supplier<LoggedThreads> threads) {
        super(workflow);
        this.spec = spec;
        this.nodes = nodes;
        this.threads = threads;
    }

    @Override
    public StateSpec<S> stateSpec() {
        return spec.state();
    }

    @Override
    public Set<String> hidden() {
        return spec.hidden();
    }

    @Override
    public Topology topology() {
        return spec.topology();
    }

    @Override
    public String diagram() {
        return spec.diagram();
    }

    // --- snapshots ---

    @Override
    public StateSnapshot<S> snapshot(String threadId) {
        return snapshot(RunConfig.thread(threadId));
    }

    @Override
    public StateSnapshot<S> snapshot(RunConfig config) {
        Address address = Address.of(config);
        return threads.get()
                .read(address.config())
                .map(run -> new Snapshots<>(nodes).of(run, address.superstep()))
                .orElseGet(() -> new Snapshots<>(nodes).none(address.threadId()));
    }

    @Override
    public Stream<StateSnapshot<S>> snapshots(String threadId) {
        return threads.get().newestFirst(threadId).flatMap(new Snapshots<>(nodes)::newestFirst);
    }

    @Override
    public Stream<StateSnapshot<S>> snapshots(RunConfig config) {
        Address address = Address.of(config);
        if (config.checkpoint().isEmpty()) {
            return snapshots(address.threadId());
        }
        int last = address.superstep().orElse(Integer.MAX_VALUE);
        return threads.get().read(address.config()).stream()
                .flatMap(new Snapshots<>(nodes)::newestFirst)
                .filter(snapshot -> snapshot.superstep() <= last);
    }

    // --- edits ---

    @Override
    public RunConfig updateState(RunConfig config, StateUpdate<S> update) {
        return update(config, update, null);
    }

    @Override
    public RunConfig updateState(RunConfig config, NodeResult<?> result, NodeRef asNode) {
        return update(config, result, asNode);
    }

    private RunConfig update(RunConfig config, NodeResult<?> result, @Nullable NodeRef asNode) {
        Address address = Address.of(config);
        StateEdits<O, S> edits = new StateEdits<>(spec, nodes);
        return edit(address, run -> edits.update(run, address.superstep(), result, asNode));
    }

    private RunConfig edit(Address address, Function<Optional<LoggedRun>, StateEdits.Edited> decide) {
        StateEdits.Edited[] made = new StateEdits.Edited[1];
        String checkpoint = threads.get().edit(address.config(), run -> {
            made[0] = decide.apply(run);
            return made[0].change();
        });
        return address.config().checkpoint(made[0].isValue() ? checkpoint : checkpoint + "/" + made[0].superstep());
    }

    @Override
    @Deprecated
    public RunConfig updateState(RunConfig config, @Nullable O value) {
        throw new RequestRefusedException(
                "the state of the graph '" + name() + "' is more than its output; use updateState(config, update)");
    }

    @Override
    @Deprecated
    public RunConfig updateState(RunConfig config, @Nullable O value, @Nullable Object saved) {
        throw new RequestRefusedException("the state of the graph '" + name()
                + "' is more than its output; use updateState(config, update, node)");
    }

    @Override
    public RunConfig fork(RunConfig config) {
        Address address = Address.of(config);
        OptionalInt superstep = address.superstep().isPresent() ? address.superstep() : opened(address.config());
        return superstep.isEmpty()
                ? super.fork(config)
                : edit(address, run -> new StateEdits<>(spec, nodes).fork(run, superstep.getAsInt()));
    }

    /** Where an edit opened the run that a configuration names without a superstep; empty if an input did. */
    private OptionalInt opened(RunConfig config) {
        return threads.get()
                .read(config)
                .filter(run -> run.openedAt() > 0)
                .filter(run ->
                        config.checkpoint().map(run.checkpointId()::equals).orElse(run.status() != ThreadStatus.IDLE))
                .map(run -> OptionalInt.of(run.openedAt()))
                .orElse(OptionalInt.empty());
    }

    // --- what a superstep in a configuration means to the others ---

    @Override
    public ThreadState<O> state(RunConfig config) {
        return super.state(Address.of(config).config());
    }

    @Override
    public RunResult<O> invoke(I input, RunConfig config) {
        return super.invoke(input, checked(config));
    }

    @Override
    public RunHandle<O> enqueue(I input, RunConfig config) {
        return super.enqueue(input, checked(config));
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(I input, RunConfig config) {
        return super.invokeAsync(input, checked(config));
    }

    @Override
    public List<RunResult<O>> batch(List<I> inputs, List<RunConfig> configs) {
        return super.batch(inputs, configs.stream().map(this::checked).toList());
    }

    @Override
    public RunStream<O> stream(I input, RunConfig config, StreamMode... modes) {
        return super.stream(input, checked(config), modes);
    }

    @Override
    public RunResult<O> invoke(Command command, RunConfig config) {
        return super.invoke(command, newest(checked(config)));
    }

    @Override
    public CompletableFuture<RunResult<O>> invokeAsync(Command command, RunConfig config) {
        return super.invokeAsync(command, newest(checked(config)));
    }

    @Override
    public RunStream<O> stream(Command command, RunConfig config, StreamMode... modes) {
        return super.stream(command, newest(checked(config)), modes);
    }

    /** The configuration, all of whose breakpoints are nodes. */
    private RunConfig checked(RunConfig config) {
        config.breakpoints().ifPresent(breakpoints -> requireNodes(spec, breakpoints));
        return config;
    }

    static void requireNodes(GraphSpec<?, ?, ?> spec, Breakpoints breakpoints) {
        List<String> known = spec.nodeIds();
        Stream.concat(breakpoints.before().stream(), breakpoints.after().stream())
                .map(NodeRef::id)
                .filter(id -> !known.contains(id))
                .findFirst()
                .ifPresent(id -> {
                    throw new RequestRefusedException("a breakpoint names '" + id + "', which is no node of the graph '"
                            + spec.name() + "'" + Names.didYouMean(id, known));
                });
    }

    /** A command continues the newest state: a configuration that names it is one that names the thread. */
    private RunConfig newest(RunConfig config) {
        Address address = Address.of(config);
        if (address.superstep().isEmpty()) {
            return config;
        }
        StateSnapshot<S> now = snapshot(address.threadId());
        if (!now.config().checkpoint().equals(config.checkpoint())) {
            throw new RequestRefusedException(
                    Reason.REPLACED,
                    "checkpoint '" + config.checkpoint().orElse("") + "' is not the newest of thread '"
                            + address.threadId() + "'; fork it, then proceed with what fork returns");
        }
        return address.config();
    }

    /**
     * What a configuration names.
     *
     * @param config the same without the superstep
     */
    private record Address(String threadId, RunConfig config, OptionalInt superstep) {
        static Address of(RunConfig config) {
            String threadId = config.threadId()
                    .orElseThrow(() -> new RequestRefusedException("name the thread: use RunConfig.thread(id)"));
            return config.checkpoint()
                    .map(Moment::of)
                    .map(moment -> new Address(threadId, config.checkpoint(moment.checkpointId()), moment.superstep()))
                    .orElseGet(() -> new Address(threadId, config, OptionalInt.empty()));
        }
    }
}
