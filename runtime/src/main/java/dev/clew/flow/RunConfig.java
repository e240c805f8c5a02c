package dev.clew.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.index.RequestNote;
import dev.clew.value.IllegalRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Says which thread a call is for, and how its run executes. Immutable and thread-safe: each method with an argument returns a
 * changed copy, and the method of the same name without one returns what is set.
 *
 * <p>Use {@link #once} for a job, which has one input and one result. Use {@link #thread} for a conversation, which
 * gets one input after another.
 *
 * <pre>{@code
 * book.invoke(trip, RunConfig.once("trip-1"));        // the same call again never books twice
 *
 * RunConfig thread = RunConfig.thread("chat-1");
 * chat.invoke("hello", thread.durability(Durability.SYNC).metadata("user", "ann"));
 * chat.invoke("and now?", thread);                     // a new run each time
 * }</pre>
 */
public final class RunConfig {
    /** How many steps a run may take unless {@link #maxSteps(long)} says otherwise. */
    public static final long DEFAULT_MAX_STEPS = 1_000_000;

    /** How many supersteps a graph's run may take unless {@link #maxSupersteps(int)} says otherwise. */
    public static final int DEFAULT_MAX_SUPERSTEPS = 10_000;

    /** The queue of runs that name none. */
    public static final String DEFAULT_QUEUE = "default";

    private final Settings settings;

    private RunConfig(Settings settings) {
        this.settings = settings;
    }

    private record Settings(
            @Nullable String threadId,
            @Nullable String runId,
            @Nullable Durability durability,
            List<Object> contexts,
            Map<String, String> metadata,
            List<String> tags,
            int maxConcurrency,
            long maxSteps,
            int maxSupersteps,
            @Nullable Breakpoints breakpoints,
            @Nullable WhenBusy whenBusy,
            @Nullable WhenInterrupted whenInterrupted,
            @Nullable String checkpoint,
            QueueOptions queueOptions,
            Map<String, Object> attributes,
            @Nullable RequestNote request,
            boolean repeatsEffects,
            @Nullable String subject,
            @Nullable Duration deleteWhenDone) {}

    /**
     * A configuration for one job: a thread of this id whose run has the same id, so that the same call can be made again
     * at any time. It is short for {@code RunConfig.thread(id).runId(id)}. With an input, a call means:
     *
     * <ul>
     *   <li>if there is no such run: starts it
     *   <li>if it is executing or asleep, in this process or another one: waits for it
     *   <li>if its process crashed, or an answer was stored for it meanwhile: continues it
     *   <li>if it waits for answers: returns what is pending
     *   <li>if it is finished: returns its value, and runs nothing
     *   <li>if it failed, was cancelled, is blocked (its code does not fit its log) or stuck (it was continued five times in a
     *       row without progress): throws its error. {@link dev.clew.interrupt.Command#proceed()} with this configuration
     *       continues it, unless it was cancelled
     *   <li>if its recorded input is another one: throws {@link RequestRefusedException} with {@link
     *       RequestRefusedException.Reason#OTHER_INPUT}, and changes nothing
     * </ul>
     *
     * <p>This holds as long as the thread is stored: after {@code deleteThread} the job starts anew. In {@link
     * Durability#EXIT} nothing of a run is stored before it pauses or ends. So after a crash before that, the job starts
     * from the beginning, and meanwhile another process finds the thread busy instead of joining the run.
     *
     * <p>A graph without a checkpointer, which finds no run again, refuses it with {@link
     * RequestRefusedException.Reason#NO_CHECKPOINTER}.
     *
     * @param id the thread's and the run's id: any non-blank text of at most 500 bytes in UTF-8
     */
    public static RunConfig once(String id) {
        return thread(requireId("job id", id, 500)).runId(id);
    }

    /**
     * A configuration for a conversation: every input opens a new run of this thread. If the run before crashed, failed or
     * is blocked, the new run takes its place; {@link dev.clew.interrupt.Command#proceed()} would continue it instead. If the run
     * before waits for answers, the input is refused, see {@link #whenInterrupted}.
     *
     * @param threadId any non-blank text of at most 1,500 bytes in UTF-8
     */
    public static RunConfig thread(String threadId) {
        return none().with(s -> s.threadId = requireId("thread id", threadId, 1_500));
    }

    /** A configuration without a thread, for graphs without a checkpointer. */
    public static RunConfig none() {
        return new RunConfig(new Settings(
                null,
                null,
                null,
                List.of(),
                Map.of(),
                List.of(),
                0,
                DEFAULT_MAX_STEPS,
                0,
                null,
                null,
                null,
                null,
                QueueOptions.NONE,
                Map.of(),
                null,
                false,
                null,
                null));
    }

    /**
     * Names the run for idempotency: the same id again joins, continues or returns that run, and never runs twice. {@link
     * #once} lists what it means for each state of the run. It needs a graph with a checkpointer.
     */
    public RunConfig runId(String runId) {
        return with(s -> s.runId = requireId("run id", runId, 500));
    }

    /** Says when the run's steps reach the disk, in place of what the graph's builder says. */
    public RunConfig durability(Durability durability) {
        return with(s -> s.durability = durability);
    }

    /**
     * Adds an object for {@code @Context} parameters of its type in this run. Of two that fit, the one that was added last is taken;
     * an object of the graph's builder is taken only if none fits here. It is never stored, so each call that continues the run must
     * give it again.
     *
     * <pre>{@code
     * chat.invoke("hello", RunConfig.thread("chat-1").context(new Tenant("acme")));
     * }</pre>
     */
    public RunConfig context(Object context) {
        return with(s -> {
            List<Object> more = new ArrayList<>(s.contexts);
            more.add(context);
            s.contexts = more;
        });
    }

    /** Returns a copy without contexts. */
    public RunConfig withoutContexts() {
        return with(s -> s.contexts = List.of());
    }

    /**
     * Attaches plain data to the run, in place of what was attached before: text, numbers, booleans, lists and maps, up to 64 KB as
     * they are stored. The data is stored with the run. Any process that executes the run makes contexts of it, by {@link
     * dev.clew.GraphBuilder#context(Class, java.util.function.Function)}. It is no place for passwords or tokens.
     *
     * <pre>{@code
     * graph.write().enqueue("rain", RunConfig.thread("essay-1").attributes(Map.of("tenant", "acme")));
     * }</pre>
     */
    public RunConfig attributes(Map<String, ?> members) {
        Map<String, Object> copy = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        return with(s -> s.attributes = copy);
    }

    /**
     * Stores a request of a server's client together with the run that it asks for, so that the client can ask again. Only {@link
     * Workflow#enqueue} takes it, and {@code invoke(Command.proceed(), config)}. The same request again changes nothing; another one
     * under its id is refused with {@link RequestRefusedException.Reason#TAKEN}.
     */
    public RunConfig request(RequestNote note) {
        return with(s -> s.request = note);
    }

    /** Attaches an entry to the checkpoints of this run. */
    public RunConfig metadata(String key, String value) {
        return with(s -> {
            Map<String, String> more = new LinkedHashMap<>(s.metadata);
            more.put(requireName("metadata key", key, 200), value);
            s.metadata = more;
        });
    }

    /** Attaches entries to the checkpoints of this run, in place of those set before. */
    public RunConfig metadata(Map<String, String> entries) {
        entries.keySet().forEach(key -> requireName("metadata key", key, 200));
        return with(s -> s.metadata = Map.copyOf(entries));
    }

    /** Sets the tags of this run, for listeners and logs, in place of those set before. */
    public RunConfig tags(String... tags) {
        return with(s -> s.tags = List.of(tags));
    }

    /** Limits how many tasks of this run execute at once. The limit of the graph's builder holds, too. */
    public RunConfig maxConcurrency(int most) {
        if (most < 1) {
            throw new IllegalRequestException("maxConcurrency must be at least 1, not " + most);
        }
        return with(s -> s.maxConcurrency = most);
    }

    /** Limits how many tasks, questions, children and timers the run may call before it fails; {@value #DEFAULT_MAX_STEPS} by default. */
    public RunConfig maxSteps(long most) {
        if (most < 1) {
            throw new IllegalRequestException("maxSteps must be at least 1, not " + most);
        }
        return with(s -> s.maxSteps = most);
    }

    /**
     * Limits how many supersteps the run of a graph may take before it fails; {@value #DEFAULT_MAX_SUPERSTEPS} by default. A run that
     * ends with the last of them has not failed. One that has failed is continued by {@link
     * dev.clew.interrupt.Command#proceed()} with a higher limit.
     */
    public RunConfig maxSupersteps(int most) {
        if (most < 1) {
            throw new IllegalRequestException("maxSupersteps must be at least 1, not " + most);
        }
        return with(s -> s.maxSupersteps = most);
    }

    /**
     * Pauses a graph's run before each superstep that runs one of these nodes; the other nodes of that superstep wait with
     * it. The result is then {@link RunResult.Interrupted} with a {@link RunResult.Interrupted#breakpoint() breakpoint}, and
     * {@link dev.clew.interrupt.Command#proceed()} continues.
     *
     * <p>The names are stored with the run, so they hold in any process that continues it. A call that continues the run and names
     * other nodes replaces them. A call without arguments removes them.
     *
     * <pre>{@code
     * RunResult<Draft> paused = research.invoke("rain", thread.pauseBefore(ResearchNode.PUBLISH));
     * research.updateState(thread, update().draft(better), ResearchNode.WRITE);
     * RunResult<Draft> result = research.invoke(Command.proceed(), thread);
     * }</pre>
     */
    public RunConfig pauseBefore(NodeRef... nodes) {
        return with(s -> s.breakpoints =
                new Breakpoints(List.of(nodes), s.breakpoints == null ? List.of() : s.breakpoints.after()));
    }

    /** Pauses a graph's run after each superstep that ran one of these nodes. Otherwise it is like {@link #pauseBefore}. */
    public RunConfig pauseAfter(NodeRef... nodes) {
        return with(s -> s.breakpoints =
                new Breakpoints(s.breakpoints == null ? List.of() : s.breakpoints.before(), List.of(nodes)));
    }

    /**
     * Names the queue for {@link Workflow#enqueue(Object, RunConfig)}; {@value #DEFAULT_QUEUE} by default. All other calls
     * refuse a configuration with an option for queues, which are this one, {@link #priority}, {@link #delay}, {@link #startAt} and
     * {@link #concurrencyKey}.
     */
    public RunConfig queue(String name) {
        String queue = requireName("queue's name", name, 200);
        return with(s -> s.queueOptions = s.queueOptions.queue(queue));
    }

    /**
     * Says how urgent the enqueued run is; 0 by default. Of the runs that are next on their threads, workers take the one with the
     * smallest number. Runs with a larger number wait as long as smaller ones come.
     */
    public RunConfig priority(int priority) {
        return with(s -> s.queueOptions = s.queueOptions.priority(priority));
    }

    /** Lets the enqueued run join its thread's line only after this long. Replaces {@link #startAt}. */
    public RunConfig delay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalRequestException("a delay must not be negative, not " + delay);
        }
        return with(s -> s.queueOptions = s.queueOptions.delay(delay));
    }

    /** Lets the enqueued run join its thread's line only at this moment, by the store's clock. Replaces {@link #delay}. */
    public RunConfig startAt(Instant moment) {
        return with(s -> s.queueOptions = s.queueOptions.startAt(moment));
    }

    /**
     * Groups the enqueued run with others, such as those of the same tenant. {@link dev.clew.queue.Worker#perKeyConcurrency} limits how
     * many runs of one group execute at once.
     */
    public RunConfig concurrencyKey(String key) {
        String name = requireName("concurrency key", key, 200);
        return with(s -> s.queueOptions = s.queueOptions.concurrencyKey(name));
    }

    /**
     * Says what a call does while another run of the thread executes. By default {@code invoke} is refused, and {@code enqueue} waits
     * in line.
     *
     * <pre>{@code
     * chat.invoke("hello", thread.whenBusy(WhenBusy.waitUpTo(Duration.ofSeconds(10))));
     * }</pre>
     */
    public RunConfig whenBusy(WhenBusy whenBusy) {
        return with(s -> s.whenBusy = whenBusy);
    }

    /**
     * Says what a new input does while the thread's run waits for answers. By default {@code invoke} is refused, and {@code enqueue}
     * waits until that run is over.
     *
     * <pre>{@code
     * chat.enqueue("hello", thread.whenInterrupted(WhenInterrupted.REJECT));   // refused now, or at its turn
     * }</pre>
     */
    public RunConfig whenInterrupted(WhenInterrupted whenInterrupted) {
        return with(s -> s.whenInterrupted = whenInterrupted);
    }

    /** Starts from this checkpoint of the thread instead of its newest one. */
    public RunConfig checkpoint(String checkpointId) {
        return with(s -> s.checkpoint = requireId("checkpoint id", checkpointId, 500));
    }

    /**
     * Allows what would otherwise be refused because an effect could happen twice or be lost: a fork may execute steps of {@code ONCE}
     * tasks again that the original run has executed, and an edit may leave steps behind whose outcome is unknown. The caller has to
     * know what happened outside.
     *
     * <pre>{@code
     * RunConfig branch = payments.fork(RunConfig.thread("order-1").repeatEffects(), ForkPoint.before("task:pay#1"));
     * }</pre>
     */
    public RunConfig repeatEffects() {
        return with(s -> s.repeatsEffects = true);
    }

    /**
     * Says which person the run is about, so that {@link dev.clew.Graph#erase} finds its thread. The id is opaque, such as an account's
     * number. It is no name, because ids show in logs and in reports.
     *
     * <p>The subject belongs to the thread: all its later runs have it, and so have forks, copies, edits by hand, queued runs, and
     * children on threads of their own. A thread that is about one subject takes no run about another.
     *
     * <pre>{@code
     * graph.write().invoke("rain", RunConfig.thread("essay-1").subject("account-17"));
     * }</pre>
     */
    public RunConfig subject(String id) {
        return with(s -> s.subject = requireId("subject", id, 500));
    }

    /**
     * Deletes the thread with all that is stored of it, this long after the run is over: for threads that are of no use after their one
     * run. Over is a run that completed, was cancelled or was undone. One that failed, is blocked or stuck may continue, so its thread
     * stays. So does one that took a new run meanwhile, an edit by hand or a request in its line, or that has an effect whose outcome
     * is unknown.
     *
     * <p>Choose a time in which the call may be repeated, or its result be asked for: after that the same call runs anew. The thread of
     * a child has to stay until its parent has read the result, also if the parent's process was away.
     *
     * <p>Workers delete what is due, and so does {@link dev.clew.Graph#recover}, and the graph in which the run ended as long as it is
     * open. It may take up to a tenth of this time longer, or a second if that is more.
     *
     * <pre>{@code
     * digest.enqueue(url, RunConfig.once(url).queue("digests").deleteWhenDone(Duration.ofHours(1)));
     * }</pre>
     *
     * @param after zero or more
     * @throws IllegalRequestException if it is negative
     */
    public RunConfig deleteWhenDone(Duration after) {
        if (after.isNegative()) {
            throw new IllegalRequestException("deleteWhenDone must not be negative, not " + after);
        }
        return with(s -> s.deleteWhenDone = after);
    }

    /** Returns a copy without a subject. */
    public RunConfig withoutSubject() {
        return settings.subject == null ? this : with(s -> s.subject = null);
    }

    // --- what is set ---

    /** Returns the subject; empty if none is set. */
    public Optional<String> subject() {
        return Optional.ofNullable(settings.subject);
    }

    /** Returns how long after its run the thread is deleted; empty if it stays. */
    public Optional<Duration> deleteWhenDone() {
        return Optional.ofNullable(settings.deleteWhenDone);
    }

    /** Whether {@link #repeatEffects} was called. */
    public boolean repeatsEffects() {
        return settings.repeatsEffects;
    }

    /** Returns the thread's id; empty for a run without a thread. */
    public Optional<String> threadId() {
        return Optional.ofNullable(settings.threadId);
    }

    /** Returns the run's id; empty if the run gets a random one. */
    public Optional<String> runId() {
        return Optional.ofNullable(settings.runId);
    }

    /** Returns the durability; empty if that of the graph holds. */
    public Optional<Durability> durability() {
        return Optional.ofNullable(settings.durability);
    }

    /** Returns the contexts, in the order in which they were added. */
    public List<Object> contexts() {
        return settings.contexts;
    }

    /** Returns the entries that the checkpoints of the run get. */
    public Map<String, String> metadata() {
        return settings.metadata;
    }

    /** Returns the tags. */
    public List<String> tags() {
        return settings.tags;
    }

    /** Returns how many tasks of the run execute at once; empty if only the graph limits that. */
    public OptionalInt maxConcurrency() {
        return settings.maxConcurrency == 0 ? OptionalInt.empty() : OptionalInt.of(settings.maxConcurrency);
    }

    /** Returns the limit of steps. */
    public long maxSteps() {
        return settings.maxSteps;
    }

    /** Returns the limit of supersteps; empty if none is set, which means {@link #DEFAULT_MAX_SUPERSTEPS}. */
    public OptionalInt maxSupersteps() {
        return settings.maxSupersteps == 0 ? OptionalInt.empty() : OptionalInt.of(settings.maxSupersteps);
    }

    /** Returns where the run pauses; empty if nothing is set. */
    public Optional<Breakpoints> breakpoints() {
        return Optional.ofNullable(settings.breakpoints);
    }

    /** Returns what the call does on a busy thread; empty if nothing is set. */
    public Optional<WhenBusy> whenBusy() {
        return Optional.ofNullable(settings.whenBusy);
    }

    /** Returns the queue's name; {@value #DEFAULT_QUEUE} if none is set. */
    public String queue() {
        return settings.queueOptions.queue() == null ? DEFAULT_QUEUE : settings.queueOptions.queue();
    }

    /** Returns the priority; 0 if none is set. */
    public int priority() {
        return settings.queueOptions.priority();
    }

    /** Returns the delay; zero if none is set. */
    public Duration delay() {
        return settings.queueOptions.delay();
    }

    /** Returns when the enqueued run joins its thread's line; empty if no moment is set. */
    public Optional<Instant> startAt() {
        return Optional.ofNullable(settings.queueOptions.startAt());
    }

    /** Returns the concurrency key; empty if none is set. */
    public Optional<String> concurrencyKey() {
        return Optional.ofNullable(settings.queueOptions.concurrencyKey());
    }

    /** Whether an option for queues is set; {@link #queue(String)} lists them. */
    public boolean saysQueue() {
        return !settings.queueOptions.equals(QueueOptions.NONE);
    }

    /** Returns what a new input does while the thread's run waits for answers; {@code REJECT} if nothing was said. */
    public WhenInterrupted whenInterrupted() {
        return settings.whenInterrupted == null ? WhenInterrupted.REJECT : settings.whenInterrupted;
    }

    /** Whether something was said of what a new input does while the thread's run waits for answers. */
    public boolean saysWhenInterrupted() {
        return settings.whenInterrupted != null;
    }

    /** Returns the checkpoint to start from; empty for the newest one. */
    public Optional<String> checkpoint() {
        return Optional.ofNullable(settings.checkpoint);
    }

    /** Returns the data that is attached to the run; empty if nothing is. */
    public Map<String, Object> attributes() {
        return settings.attributes;
    }

    /** Returns the request that is stored with the run; empty if none is set. */
    public Optional<RequestNote> request() {
        return Optional.ofNullable(settings.request);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunConfig that && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        threadId().ifPresent(id -> names.add("thread '" + id + "'"));
        runId().ifPresent(id -> names.add("run '" + id + "'"));
        checkpoint().ifPresent(id -> names.add("checkpoint '" + id + "'"));
        return "RunConfig" + names;
    }

    private RunConfig with(java.util.function.Consumer<Draft> change) {
        Draft draft = new Draft(settings);
        change.accept(draft);
        return new RunConfig(draft.settings());
    }

    /** Refuses what a key of a database could not have: its pages set a limit in bytes. */
    private static String requireId(String what, String id, int longest) {
        int bytes = id.getBytes(UTF_8).length;
        if (id.isBlank() || bytes > longest) {
            throw new IllegalRequestException(
                    "a " + what + " must have 1 to " + longest + " bytes in UTF-8 and not be blank; it has " + bytes);
        }
        return id;
    }

    private static String requireName(String what, String name, int longest) {
        if (name.isBlank() || name.length() > longest) {
            throw new IllegalRequestException("a " + what + " must have 1 to " + longest
                    + " characters and not be blank; it has " + name.length());
        }
        return name;
    }

    /** The settings while one of them is being changed. */
    private static final class Draft {
        private @Nullable String threadId;
        private @Nullable String runId;
        private @Nullable Durability durability;
        private List<Object> contexts;
        private Map<String, String> metadata;
        private List<String> tags;
        private int maxConcurrency;
        private long maxSteps;
        private int maxSupersteps;
        private @Nullable Breakpoints breakpoints;
        private @Nullable WhenBusy whenBusy;
        private @Nullable WhenInterrupted whenInterrupted;
        private @Nullable String checkpoint;
        private QueueOptions queueOptions;
        private Map<String, Object> attributes;
        private @Nullable RequestNote request;
        private boolean repeatsEffects;
        private @Nullable String subject;
        private @Nullable Duration deleteWhenDone;

        Draft(Settings s) {
            threadId = s.threadId;
            runId = s.runId;
            durability = s.durability;
            contexts = s.contexts;
            metadata = s.metadata;
            tags = s.tags;
            maxConcurrency = s.maxConcurrency;
            maxSteps = s.maxSteps;
            maxSupersteps = s.maxSupersteps;
            breakpoints = s.breakpoints;
            whenBusy = s.whenBusy;
            whenInterrupted = s.whenInterrupted;
            checkpoint = s.checkpoint;
            queueOptions = s.queueOptions;
            attributes = s.attributes;
            request = s.request;
            repeatsEffects = s.repeatsEffects;
            subject = s.subject;
            deleteWhenDone = s.deleteWhenDone;
        }

        Settings settings() {
            return new Settings(
                    threadId,
                    runId,
                    durability,
                    List.copyOf(contexts),
                    Map.copyOf(metadata),
                    List.copyOf(tags),
                    maxConcurrency,
                    maxSteps,
                    maxSupersteps,
                    breakpoints,
                    whenBusy,
                    whenInterrupted,
                    checkpoint,
                    queueOptions,
                    attributes,
                    request,
                    repeatsEffects,
                    subject,
                    deleteWhenDone);
        }
    }
}
