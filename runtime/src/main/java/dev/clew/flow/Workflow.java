package dev.clew.flow;

import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedule.ScheduleState;
import dev.clew.schedule.Ticks;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ForkPoint;
import dev.clew.state.ThreadState;
import dev.clew.stream.StreamMode;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One entrypoint of a graph, ready to run. Immutable and thread-safe.
 *
 * <p>Every invocation is for one thread. The body runs on a thread of the engine; interrupting the caller ends its
 * wait, not the run. Implemented by Clew alone: methods will be added.
 *
 * <pre>{@code
 * Workflow<String, Essay> write = graph.write();
 * RunResult<Essay> result = write.invoke("rain", RunConfig.thread("essay-1"));
 * }</pre>
 *
 * @param <I> the input's type; {@link Void} for an entrypoint without input
 * @param <O> the type of the value that callers get
 */
public interface Workflow<I, O extends @Nullable Object> {
    /**
     * Starts a run with this input and waits until it completes or pauses on questions. With {@link RunConfig#once} the
     * same call starts the job, joins it while it runs, continues it after a crash, or returns its result; it never runs
     * twice.
     *
     * @throws WorkflowFailedException if the body failed
     * @throws ThreadBusyException if the thread is running and the configuration does not want to wait
     */
    RunResult<O> invoke(I input, RunConfig config);

    /** {@link #invoke(Object, RunConfig)} for a workflow without input. */
    RunResult<O> invoke(RunConfig config);

    /**
     * Answers questions, or continues a run, and waits until it completes or pauses again. A run that is running takes an
     * answer too, if it has asked the question, whichever process runs it: the answer is stored before the run sees it.
     *
     * @throws dev.clew.interrupt.AnswerRefusedException if an answer names no pending question or has the wrong type; nothing is stored
     */
    RunResult<O> invoke(Command command, RunConfig config);

    /** {@link #invoke(Object, RunConfig)} without waiting; cancelling the future ends the wait, not the run. */
    CompletableFuture<RunResult<O>> invokeAsync(I input, RunConfig config);

    /** {@link #invoke(RunConfig)} without waiting. */
    CompletableFuture<RunResult<O>> invokeAsync(RunConfig config);

    /** {@link #invoke(Command, RunConfig)} without waiting. */
    CompletableFuture<RunResult<O>> invokeAsync(Command command, RunConfig config);

    /** Independent invocations, each with its own configuration; waits for all, then throws the first failure. */
    List<RunResult<O>> batch(List<I> inputs, List<RunConfig> configs);

    /**
     * Puts a new run into a queue, durably, and returns: a {@linkplain dev.clew.queue.Worker worker} of any process that has
     * the workflow opens it when its turn comes. The runs of a thread are opened one after the other, in the order in which
     * they were enqueued; one waits while the thread's run executes, sleeps, or waits for answers, unless {@link
     * RunConfig#whenInterrupted} lets it abandon that. The same run id again is the same run, as long as that is stored. In
     * {@link Durability#EXIT} the input is stored all the same, and a crash makes the run begin anew.
     *
     * <p>A run that is in a queue is continued by workers alone: when it is due, after a crash, and when an answer came that
     * another process stored. {@code recover()} leaves it alone. {@code invoke} with an answer, or to proceed, continues it
     * in this process.
     *
     * <pre>{@code
     * RunHandle<Essay> run = graph.write().enqueue("rain", RunConfig.thread("essay-1").queue("essays").priority(5));
     * }</pre>
     *
     * @throws RequestRefusedException without a checkpointer or a thread id, with contexts, or if the thread belongs to another
     *     workflow; nothing is stored
     * @throws ThreadBusyException with {@link WhenBusy#reject()}, if the run would have to wait; nothing is stored
     */
    RunHandle<O> enqueue(I input, RunConfig config);

    /** {@link #enqueue(Object, RunConfig)} for a workflow without input. */
    RunHandle<O> enqueue(RunConfig config);

    /**
     * Stores answers for a run that was enqueued, and returns: a worker continues it, at its old place in the queue. They are
     * checked now, as {@link #invoke(Command, RunConfig)} does.
     *
     * <pre>{@code
     * graph.write().enqueue(question.answer(true), RunConfig.thread("essay-1"));
     * }</pre>
     *
     * @throws dev.clew.interrupt.AnswerRefusedException if an answer names no pending question or has the wrong type; nothing
     *     is stored
     * @throws RequestRefusedException if the thread's run was not enqueued, or for {@code Command.proceed()}
     */
    RunHandle<O> enqueue(Command answers, RunConfig config);

    /** The handle of a run of a thread, enqueued or not; {@link RunHandle#status} says whether there is one. */
    RunHandle<O> handle(String runId, String threadId);

    /**
     * Enqueues a run with this input at each tick from now on, durably: a schedule of this name. Once over all processes: a
     * {@linkplain dev.clew.queue.Worker worker} of any graph of the checkpointer fires it, also one that does not have the
     * workflow. The run's id is {@code name@tick}, the tick in UTC. Its thread is {@code name/tick}, or that of the
     * configuration; then its runs wait in that thread's line.
     *
     * <p>A program calls it at each start. The same definition again changes nothing, so a restart shifts no tick. Another
     * definition under the same name replaces the one before, of whatever workflow; its first tick is the next one from now.
     * A schedule that is paused stays so.
     *
     * <pre>{@code
     * graph.write().schedule("nightly", Every.of(Duration.ofHours(24)), "news", RunConfig.none().queue("essays"));
     * }</pre>
     *
     * @param config where and with what the runs are enqueued; without run id, contexts, delay and checkpoint
     * @throws RequestRefusedException without a checkpointer, with what a schedule cannot have, or if the ticks have no next
     *     one or cannot be read again; nothing is stored
     * @throws dev.clew.value.CodecException if the input has no stored form; nothing is stored
     */
    default Schedule schedule(String name, Ticks ticks, I input, RunConfig config) {
        return schedule(name, ticks, input, config, ScheduleOptions.DEFAULT);
    }

    /** {@link #schedule(String, Ticks, Object, RunConfig)}, which overlaps and catches up as the options say. */
    Schedule schedule(String name, Ticks ticks, I input, RunConfig config, ScheduleOptions options);

    /** {@link #schedule(String, Ticks, Object, RunConfig)} for a workflow without input. */
    default Schedule schedule(String name, Ticks ticks, RunConfig config) {
        return schedule(name, ticks, config, ScheduleOptions.DEFAULT);
    }

    /** {@link #schedule(String, Ticks, RunConfig)}, which overlaps and catches up as the options say. */
    Schedule schedule(String name, Ticks ticks, RunConfig config, ScheduleOptions options);

    /** Returns the schedule of this name, which need not be there; one of another workflow is as if it were not there. */
    Schedule schedule(String name);

    /** Returns the schedules of this workflow, by name. */
    List<ScheduleState> schedules();

    /**
     * Starts a run as {@link #invoke(Object, RunConfig)} does, and streams what it does; updates where no mode is named.
     * What refuses the invocation is thrown by the iteration and by {@link RunStream#result()}. Where the configuration's
     * run id joins a run of this graph, it is heard from now on; one of another process gives its result alone, and can be
     * watched.
     */
    RunStream<O> stream(I input, RunConfig config, StreamMode... modes);

    /** {@link #stream(Object, RunConfig, StreamMode...)} for a workflow without input. */
    RunStream<O> stream(RunConfig config, StreamMode... modes);

    /** Answers questions, or continues a run, and streams what it does. */
    RunStream<O> stream(Command command, RunConfig config, StreamMode... modes);

    /**
     * Streams what the thread's run does from now on and until it rests, whoever runs it. Several may watch, each at its own
     * pace, as far as the queue between the run and its readers goes.
     *
     * <p>A run of this graph is heard as it happens. One of another graph or process is read from its log, a moment after
     * it was recorded, with everything that the log has: UPDATES, the failures, retries and ends of TASKS, the beginnings
     * of scopes but not of leaves and not what they were given, CHECKPOINTS, and the same for VALUES and DEBUG. What code
     * emits is in no log. With EXIT durability nothing is seen until the run rests, then all. Values are of the types that
     * this graph's code declares for its tasks, else plain data. If whoever ran it is gone, the stream ends with an error
     * that says so; watching never makes a run go on.
     *
     * <pre>{@code
     * try (RunStream<Essay> stream = write.watch("essay-1", StreamMode.UPDATES)) {
     *   stream.forEach(this::show);
     * }
     * }</pre>
     *
     * @throws RequestRefusedException if nothing runs on the thread, or if CUSTOM or MESSAGES are wanted of a run of
     *     another graph or process
     */
    RunStream<O> watch(String threadId, StreamMode... modes);

    /** {@link #watch(String, StreamMode...)} of the configuration's thread. */
    RunStream<O> watch(RunConfig config, StreamMode... modes);

    /** What the thread is doing: status, value, every step, pending questions. */
    ThreadState<O> state(String threadId);

    /**
     * {@link #state(String)} of the configuration's thread. Where it names a checkpoint, the state there: the thread's
     * value then, and the run that the checkpoint opened or completed; nothing of an old run is pending any more, and
     * one that was abandoned reads as CANCELLED. An unknown checkpoint gives the empty state.
     */
    ThreadState<O> state(RunConfig config);

    /**
     * The thread's checkpoints, newest first; none for a thread that never ran.
     *
     * @throws RequestRefusedException without a checkpointer, or if the thread belongs to another workflow
     */
    List<HistoryEntry<O>> history(String threadId);

    /** {@link #history(String)} of the configuration's thread, or only the checkpoint that it names. */
    List<HistoryEntry<O>> history(RunConfig config);

    /**
     * The checkpoints that match, newest first, in a constant number of queries.
     *
     * <pre>{@code
     * write.history(CheckpointQuery.of("essay-1").metadata(Map.of("user", "ann")).before(lastSeen).limit(20))
     * }</pre>
     */
    List<HistoryEntry<O>> history(CheckpointQuery query);

    /**
     * {@link #history(CheckpointQuery)} of a long thread, read while it is used: the next hundred checkpoints are fetched
     * when those before are used up, in a constant number of queries. Nothing is held open in between, so the stream
     * needs no closing; checkpoints that are made meanwhile are newer, and not in it.
     *
     * <pre>{@code
     * Optional<HistoryEntry<Essay>> lastGood = write.historyStream(CheckpointQuery.of("essay-1"))
     *     .filter(entry -> entry.value() != null && entry.value().revisions() == 0)
     *     .findFirst();
     * }</pre>
     *
     * @throws RequestRefusedException without a checkpointer; while it is read, if the thread belongs to another workflow
     */
    Stream<HistoryEntry<O>> historyStream(CheckpointQuery query);

    /**
     * Sets the thread's value by hand, as if a run had completed with it: callers see it, and the next run gets it as
     * {@code @Previous}. Null sets it to nothing. Works on a thread that never ran. An unfinished run is abandoned: its questions are withdrawn,
     * and it stays readable as CANCELLED. Where the configuration names a checkpoint, the new one follows that.
     *
     * <pre>{@code
     * RunConfig corrected = write.updateState(RunConfig.thread("essay-1"), new Essay("Rain falls.", 0));
     * }</pre>
     *
     * @return the configuration with the new checkpoint
     * @throws ThreadBusyException if a run is executing or asleep; nothing is stored
     * @throws RequestRefusedException if the value has the wrong type, or the workflow returns a {@link Final}
     */
    RunConfig updateState(RunConfig config, @Nullable O value);

    /**
     * {@link #updateState(RunConfig, Object)} of a workflow that returns a {@link Final}.
     *
     * <pre>{@code
     * chat.updateState(RunConfig.thread("chat-1"), "Welcome back.", History.EMPTY);
     * }</pre>
     *
     * @param value what callers see
     * @param saved what the next run gets as {@code @Previous}
     * @throws RequestRefusedException if one has the wrong type, or the workflow does not return a {@link Final}
     */
    RunConfig updateState(RunConfig config, @Nullable O value, @Nullable Object saved);

    /**
     * Branches off at the checkpoint that the configuration names, or at the newest one: {@code Command.proceed()} with
     * what is returned runs the recorded input again, with nothing remembered. From a completed checkpoint it gives that
     * one's value. The branch is the thread's newest from now on; the old one stays readable through {@link #history},
     * its unfinished run as CANCELLED.
     *
     * <p>The new run is as if its process had crashed: a sweep of {@code recover()} makes it go on, too. It has the run
     * id that the configuration names, if any.
     *
     * <pre>{@code
     * RunConfig branch = write.fork(write.history("essay-1").get(1).config());
     * RunResult<Essay> again = write.invoke(Command.proceed(), branch);
     * }</pre>
     *
     * @return the configuration with the new checkpoint
     * @throws ThreadBusyException if a run is executing or asleep; nothing is stored
     * @throws RequestRefusedException if there is no such checkpoint
     */
    RunConfig fork(RunConfig config);

    /**
     * {@link #fork(RunConfig)} with memory: the new run begins with what the old one had recorded up to this point, and
     * with its random numbers and times, so it replays up to there. Answers that were taken are kept; a question that
     * was pending is pending in the branch, under an id of its own.
     *
     * @throws RequestRefusedException if the run has no such step, or the step has no outcome to fork after
     */
    RunConfig fork(RunConfig config, ForkPoint point);

    /**
     * Cancels the thread's run, from any process: its steps are interrupted, its questions withdrawn. A run that another
     * process executes hears of it within a second. If it completes before, it is completed; if it pauses or fails
     * before, or its process dies, it is cancelled all the same, and later runs of the thread are not. A run that is
     * enqueued and not opened yet is not cancelled: {@link RunHandle#cancel()} does that.
     *
     * @return whether there was something to cancel
     */
    boolean cancel(String threadId);

    /** {@link #cancel(String)} of the configuration's thread. */
    boolean cancel(RunConfig config);

    /**
     * {@link #cancel(String)}, and with {@link OnCancel#UNDO} what the run has done is undone. Returns once the run has stopped and
     * it is stored that it is undone; {@code invoke(Command.undo(), config)} waits until it is. A run that is being undone is not
     * cancelled: that comes to its end.
     *
     * @return whether there was something to cancel, or to undo; a run that had completed is not undone
     */
    boolean cancel(String threadId, OnCancel then);

    /** {@link #cancel(String, OnCancel)} of the configuration's thread. */
    boolean cancel(RunConfig config, OnCancel then);

    /** The workflow's stored name. */
    String name();

    /** The names under which the workflow was stored before; threads that are bound to one of them are its threads. */
    List<String> formerly();

    TypeRef<I> inputType();

    TypeRef<O> outputType();

    /** The tasks of its class, in the order of their declaration. */
    List<TaskInfo> tasks();

    /** The type of what the workflow saves for its next run, if that is not its output: it returns a {@link Final} then. */
    default Optional<TypeRef<?>> savedType() {
        return Optional.empty();
    }

    /** The questions that its class declares as constants; code elsewhere may ask others. */
    List<InterruptKey<?, ?>> questions();

    /**
     * The text of a JSON Schema of what the graph's codec writes for this type: of its input, its output, or of a
     * question or an answer of an {@link InterruptKey}. Empty where the codec writes no JSON.
     *
     * <pre>{@code
     * String form = write.schema(EssayFlow.REVIEW.answerType()).orElseThrow();
     * }</pre>
     *
     * @throws dev.clew.value.CodecException if values of the type have no stored form
     */
    Optional<String> schema(TypeRef<?> type);
}
