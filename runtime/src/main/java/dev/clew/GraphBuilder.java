package dev.clew;

import dev.clew.cache.TaskCache;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.Engine;
import dev.clew.engine.cache.ResultCache;
import dev.clew.engine.format.MembersCodec;
import dev.clew.engine.housekeeping.Housekeeping;
import dev.clew.engine.setup.ContextLoader;
import dev.clew.engine.setup.ContextMaker;
import dev.clew.engine.setup.EngineSettings;
import dev.clew.engine.setup.GivenContexts;
import dev.clew.engine.setup.PairedListener;
import dev.clew.engine.setup.Permits;
import dev.clew.engine.setup.Threads;
import dev.clew.engine.world.Machine;
import dev.clew.engine.world.Time;
import dev.clew.engine.world.World;
import dev.clew.flow.Breakpoints;
import dev.clew.flow.Durability;
import dev.clew.flow.NodeRef;
import dev.clew.flow.Retention;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener;
import dev.clew.json.JsonCodec;
import dev.clew.queue.Worker;
import dev.clew.spi.Wiring;
import dev.clew.store.Namespace;
import dev.clew.store.Store;
import dev.clew.value.Attributes;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds a graph. Every option has a default: no checkpointer, values as JSON, ASYNC durability, virtual threads where the JVM has
 * them. An option is checked when it is set; options that depend on each other are checked in {@link #build()}. Not thread-safe.
 *
 * <pre>{@code
 * var graph = EssayFlowGraph.builder(new EssayFlow(writer))
 *     .checkpointer(db.checkpointer())
 *     .durability(Durability.SYNC)
 *     .build();
 * }</pre>
 *
 * @param <G> the generated graph class
 */
public final class GraphBuilder<G extends Graph> {
    private static final int VIRTUAL_CONCURRENCY = 1_000;
    private static final int PLATFORM_CONCURRENCY = 64;
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Function<Wiring, G> make;
    private @Nullable Checkpointer checkpointer;
    private @Nullable TaskCache cache;
    private @Nullable Store store;
    private Function<String, List<Namespace>> subjectNamespaces = subject -> List.of();
    private Codec codec = JsonCodec.standard();
    private Durability durability = Durability.ASYNC;
    private int maxConcurrency = Threads.virtual() ? VIRTUAL_CONCURRENCY : PLATFORM_CONCURRENCY;
    private @Nullable Executor executor;
    private @Nullable RunListener listener;
    private @Nullable UnaryOperator<Runnable> taskDecorator;
    private final List<Object> contexts = new ArrayList<>();
    private final List<ContextMaker<?>> makers = new ArrayList<>();
    private final List<Function<Class<?>, @Nullable Object>> contextSources = new ArrayList<>();
    private Duration parkAfter = Duration.ofMinutes(1);
    private Duration closeTimeout = Duration.ofSeconds(30);
    private Duration streamStall = Duration.ofSeconds(30);
    private OnNonDeterminism onNonDeterminism = OnNonDeterminism.BLOCK;
    private boolean stackTraces = true;
    private boolean keepArguments = true;
    private Duration lease = LEASE;
    private @Nullable Duration recoverEvery;
    private @Nullable Duration retainEvery;
    private @Nullable Retention retention;
    private Breakpoints breakpoints = Breakpoints.NONE;
    private final List<Worker> workers = new ArrayList<>();
    private final boolean executes;
    private @Nullable String deployment;
    private @Nullable World world;

    private GraphBuilder(Function<Wiring, G> make, boolean executes) {
        this.make = make;
        this.executes = executes;
    }

    /** For generated graphs: a builder that makes a graph of its wiring. */
    public static <G extends Graph> GraphBuilder<G> of(Function<Wiring, G> make) {
        return new GraphBuilder<>(make, true);
    }

    /**
     * For generated graphs: a builder of a client, whose graph executes nothing. It enqueues runs and answers, finds handles, cancels,
     * and reads; the code of its workflows is never called. It needs a checkpointer, and takes no worker.
     */
    public static <G extends Graph> GraphBuilder<G> client(Function<Wiring, G> make) {
        return new GraphBuilder<>(make, false);
    }

    /** Sets where runs are stored. Without one, runs live in memory only, and cannot be interrupted or resumed. */
    public GraphBuilder<G> checkpointer(Checkpointer store) {
        this.checkpointer = store;
        return this;
    }

    /**
     * Sets where tasks with {@code @Task(cache = @Cached)} keep their results for other runs. {@link #build()} refuses a graph
     * that has such tasks and no cache. Graphs may share a cache, and need no checkpointer for it.
     */
    public GraphBuilder<G> cache(TaskCache cache) {
        this.cache = cache;
        return this;
    }

    /**
     * Sets the store of documents that {@code TaskContext.store()} gives to tasks: memory across threads and runs. Graphs may share
     * one.
     */
    public GraphBuilder<G> store(Store store) {
        this.store = store;
        return this;
    }

    /**
     * Says where the {@link #store} keeps what is about a subject. {@link Graph#erase} removes the documents there, with all namespaces
     * below and with their vectors.
     *
     * <pre>{@code
     * builder.store(store).subjectNamespaces(account -> List.of(Namespace.of("accounts", account)))
     * }</pre>
     */
    public GraphBuilder<G> subjectNamespaces(Function<String, List<Namespace>> namespacesOf) {
        this.subjectNamespaces = namespacesOf;
        return this;
    }

    /** Sets what encodes values; JSON by default. */
    public GraphBuilder<G> codec(Codec codec) {
        this.codec = codec;
        return this;
    }

    /** Says when what a run did reaches the disk; ASYNC by default. */
    public GraphBuilder<G> durability(Durability durability) {
        this.durability = durability;
        return this;
    }

    /** Limits how many attempts of tasks execute at once in this graph: 1,000 with virtual threads, else 64. */
    public GraphBuilder<G> maxConcurrency(int most) {
        check(most >= 1, "maxConcurrency must be at least 1, not " + most);
        this.maxConcurrency = most;
        return this;
    }

    /**
     * Sets where bodies and tasks execute. It must not bound its threads: a body keeps its thread while it waits for tasks, so those
     * would never get one.
     */
    public GraphBuilder<G> executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /** Adds a listener, which is told what runs and steps do, after those that were added before. */
    public GraphBuilder<G> listener(RunListener listener) {
        this.listener = this.listener == null ? listener : new PairedListener(this.listener, listener);
        return this;
    }

    /** Wraps whatever runs on the executor, to carry a logging or tracing context. */
    public GraphBuilder<G> taskDecorator(UnaryOperator<Runnable> decorator) {
        this.taskDecorator = decorator;
        return this;
    }

    /**
     * Adds an object for {@code @Context} parameters of its type, in all runs whose configuration has none. Recovered runs get it, too. Of
     * two objects that fit, the one that was added last is taken.
     */
    public GraphBuilder<G> context(Object context) {
        contexts.add(0, context);
        return this;
    }

    /**
     * Adds a source of objects for {@code @Context} parameters, such as a container. {@link #build()} asks it once for each type that a
     * workflow needs and that {@link #context(Object)} did not give. If no source has the type, each run's configuration must
     * give it. The source that was added last is asked first.
     *
     * <pre>{@code
     * builder.contexts(type -> beans.getIfUnique(type))
     * }</pre>
     *
     * @param source returns an object of that type, or null if it has none
     */
    public GraphBuilder<G> contexts(Function<Class<?>, @Nullable Object> source) {
        contextSources.add(0, source);
        return this;
    }

    /**
     * Adds a maker of objects for {@code @Context} parameters of this type. It makes them of the data that {@link RunConfig#attributes}
     * attached to the run, in whatever process executes that. A run's configuration comes first, then the makers, then {@link
     * #context(Object)}.
     *
     * <p>It is called when a run is enqueued, to see whether it succeeds, and when a run is opened or continued; also for runs
     * without attributes.
     *
     * <pre>{@code
     * builder.context(Tenant.class, attributes -> tenants.find(attributes.get("tenant", String.class)));
     * }</pre>
     *
     * @param make makes the context, or gives null for none; if it throws, the run is refused
     */
    public <C> GraphBuilder<G> context(Class<C> type, Function<? super Attributes, ? extends @Nullable C> make) {
        makers.add(0, new ContextMaker<>(type, make));
        return this;
    }

    /**
     * Sets the longest wait for a timer or a retry that a run spends in memory; one minute by default. A run that waits longer is put
     * to sleep: it takes no memory and no thread until it is due. Without a checkpointer all waits are spent in memory.
     */
    public GraphBuilder<G> parkAfter(Duration parkAfter) {
        check(!parkAfter.isNegative(), "parkAfter must not be negative, not " + parkAfter);
        this.parkAfter = parkAfter;
        return this;
    }

    /** Says how long {@code close()} lets executing runs finish or pause; 30 seconds by default. */
    public GraphBuilder<G> closeTimeout(Duration closeTimeout) {
        check(!closeTimeout.isNegative(), "closeTimeout must not be negative, not " + closeTimeout);
        this.closeTimeout = closeTimeout;
        return this;
    }

    /**
     * Says how long a stream's reader may keep its run waiting without taking an event. After that it is cut off, and the run goes on; 30
     * seconds by default.
     */
    public GraphBuilder<G> streamStall(Duration streamStall) {
        checkPositive("streamStall", streamStall);
        this.streamStall = streamStall;
        return this;
    }

    /** Says what happens if a body calls something else than its log has recorded; by default its run is BLOCKED. */
    public GraphBuilder<G> onNonDeterminism(OnNonDeterminism policy) {
        this.onNonDeterminism = policy;
        return this;
    }

    /**
     * Calls {@link Graph#recover()} again and again, with this pause before each call; off by default. Several processes on
     * one database may all do so. A graph with a worker does not need it.
     */
    public GraphBuilder<G> recoverEvery(Duration pause) {
        checkPositive("recoverEvery", pause);
        this.recoverEvery = pause;
        return this;
    }

    /**
     * Removes what the policy does not keep of the threads of this graph's workflows, again and again, with this pause before each time;
     * off by default. Threads that are being run are left for the next time. Several processes on one database may all do so. Each time
     * reads the checkpoints of all these threads, so let the pause be long.
     *
     * <pre>{@code
     * builder.retainEvery(Duration.ofHours(6), Retention.keepLast(20).orFor(Duration.ofDays(90)))
     * }</pre>
     *
     * <p>A failure is logged and told to {@link RunListener#sweepFailed}.
     */
    public GraphBuilder<G> retainEvery(Duration pause, Retention policy) {
        checkPositive("retainEvery", pause);
        this.retainEvery = pause;
        this.retention = policy;
        return this;
    }

    /**
     * Says whether a recorded failure has the first 50 frames of its stack trace and of those of its causes; yes by default.
     * They are protected as the failure's message is.
     */
    public GraphBuilder<G> stackTraces(boolean record) {
        this.stackTraces = record;
        return this;
    }

    /**
     * Says whether the log keeps what each step was called with, up to 4 KB; yes by default. {@link
     * dev.clew.state.StepState#arguments()} shows it, and a {@link dev.clew.flow.NonDeterminismException} says what differs.
     * It is protected by the codec like results, and goes when its run is deleted. Error messages and the graph's log show
     * parts of it in clear.
     *
     * <pre>{@code
     * builder.keepArguments(false) // arguments hold secrets: only digests of them are stored
     * }</pre>
     *
     * Replay compares digests either way. With {@code false}, a mismatch only says that the values differ.
     */
    public GraphBuilder<G> keepArguments(boolean keep) {
        this.keepArguments = keep;
        return this;
    }

    /**
     * Says where runs of graphs pause if their configuration does not say that; see {@link RunConfig#pauseBefore}. Needs a checkpointer.
     *
     * <pre>{@code
     * ResearchGraph.builder(research).checkpointer(db.checkpointer()).pauseBefore(ResearchNode.PUBLISH).build()
     * }</pre>
     */
    public GraphBuilder<G> pauseBefore(NodeRef... nodes) {
        breakpoints = new Breakpoints(List.of(nodes), breakpoints.after());
        return this;
    }

    /** {@link #pauseBefore} for pauses after a superstep that ran one of these nodes. */
    public GraphBuilder<G> pauseAfter(NodeRef... nodes) {
        breakpoints = new Breakpoints(breakpoints.before(), List.of(nodes));
        return this;
    }

    /**
     * Adds a worker, which takes enqueued runs of this graph's workflows from a queue, from {@link #build()} on. A graph may have one
     * worker for each of several queues. With a worker, it also fires the {@linkplain dev.clew.schedule.Schedule schedules} of the
     * checkpointer that are due, of all workflows and queues. Needs a checkpointer.
     *
     * <pre>{@code
     * EssayFlowGraph.builder(flow).checkpointer(db.checkpointer()).worker(Worker.of("essays").concurrency(64)).build()
     * }</pre>
     */
    public GraphBuilder<G> worker(Worker worker) {
        check(
                workers.stream().noneMatch(other -> other.queue().equals(worker.queue())),
                "there is a worker of queue '" + worker.queue() + "' already");
        workers.add(worker);
        return this;
    }

    /**
     * Names the version of the code, so that workers of several versions can share a queue during a deploy. By default it is the {@code
     * Implementation-Version} of the graph's jar; without one it has no name.
     *
     * <p>A worker whose code does not fit a run gives the run back, and records nothing: a worker of another deployment takes it. If no
     * other deployment is left to try, or this one has written the run last, the run is BLOCKED, or HELD if its input cannot be read.
     *
     * <pre>{@code
     * EssayFlowGraph.builder(flow).checkpointer(db.checkpointer()).deployment("2026-11-30").worker(Worker.of("essays")).build()
     * }</pre>
     */
    public GraphBuilder<G> deployment(String name) {
        check(
                !name.isBlank() && name.length() <= 200 && name.chars().noneMatch(Character::isISOControl),
                "a deployment's name must have 1 to 200 characters, not be blank and have no control characters");
        this.deployment = name;
        return this;
    }

    /** Says how long a claim holds without renewal, for tests of what happens when it runs out. */
    GraphBuilder<G> lease(Duration lease) {
        this.lease = lease;
        return this;
    }

    /** Sets the world that the graph runs in: for the test kit, the one module that its type is exported to. */
    @SuppressWarnings("exports")
    public GraphBuilder<G> world(World world) {
        this.world = world;
        return this;
    }

    /**
     * Builds the graph. If it is refused, nothing of it is left running.
     *
     * @throws dev.clew.value.IllegalRequestException if options do not fit together, or a workflow's types cannot be stored
     * @throws dev.clew.flow.RequestRefusedException if a workflow's name is in use on the checkpointer
     */
    public G build() {
        check(recoverEvery == null || checkpointer != null, "recoverEvery needs a checkpointer");
        check(retainEvery == null || checkpointer != null, "retainEvery needs a checkpointer");
        check(workers.isEmpty() || checkpointer != null, "worker needs a checkpointer");
        check(executes || checkpointer != null, "a client needs a checkpointer: it executes nothing itself");
        check(executes || workers.isEmpty(), "a client executes nothing, so it has no worker; use builder(…)");
        check(executes || recoverEvery == null, "a client executes nothing, so it recovers nothing; use builder(…)");
        check(breakpoints.equals(Breakpoints.NONE) || checkpointer != null, "breakpoints need a checkpointer");
        World home = world == null ? new Machine() : world;
        ContextLoader loader = ContextLoader.of(make.getClass());
        Engine engine = new Engine(settings(home, loader));
        try {
            G graph = make.apply(engine);
            LintWarning.of(graph.getClass());
            if (recoverEvery != null) {
                new Housekeeping(engine).recoverEvery(recoverEvery);
            }
            if (retainEvery != null && retention != null) {
                new Housekeeping(engine).retainEvery(retainEvery, retention);
            }
            home.witness().opened(engine::crash);
            workers.forEach(engine::work);
            return graph;
        } catch (RuntimeException refused) {
            engine.close();
            throw refused;
        }
    }

    private EngineSettings settings(World home, ContextLoader loader) {
        Codec stored = MembersCodec.over(codec);
        return new EngineSettings(
                checkpointer,
                cache == null ? null : new ResultCache(cache, stored),
                store,
                subjectNamespaces,
                stored,
                durability,
                new Permits(maxConcurrency),
                loader.around(home.executor(executor == null ? Threads.shared() : executor)),
                executor == null ? home.courier() : null,
                listener,
                taskDecorator,
                new GivenContexts(contexts, contextSources),
                List.copyOf(makers),
                parkAfter,
                closeTimeout,
                streamStall,
                lease,
                onNonDeterminism == OnNonDeterminism.WARN,
                loader,
                stackTraces,
                keepArguments,
                executes,
                breakpoints,
                deployment == null ? Deployment.ofJar(make.getClass()) : deployment,
                checkpointer == null ? new Time(home) : new Time(home, checkpointer::now));
    }

    private static void checkPositive(String option, Duration time) {
        check(!time.isNegative() && !time.isZero(), option + " must be positive, not " + time);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalRequestException("graph builder: " + message);
        }
    }
}
