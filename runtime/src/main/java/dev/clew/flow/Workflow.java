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
 * One entrypoint of a graph, ready to run. Immutable and thread-safe. Implemented by Clew alone, so that methods can be added.
 *
 * <p>Its words: a <em>thread</em> is what is stored under one id that the caller chooses, such as a conversation or an order. Each
 * input opens a <em>run</em> of its thread. A run <em>rests</em> when it has ended, sleeps, or waits for answers to its
 * <em>questions</em>. A <em>checkpoint</em> is a moment of a thread to which a caller can go back: where a run was opened, or
 * completed. A run is <em>abandoned</em> if a newer one takes its place.
 * {@linkplain RunConfig A configuration} says which thread a call is for.
 *
 * <p>Bodies execute on Java threads of the graph. To interrupt the Java thread that waits in a call ends the wait, not the run.
 *
 * <pre>{@code
 * Workflow<String, Essay> write = graph.write();
 * RunResult<Essay> result = write.invoke("rain", RunConfig.thread("essay-1"));
 * if (result instanceof RunResult.Interrupted<Essay> asks) {
 *   result = write.invoke(asks.only(EssayFlow.REVIEW).answer(verdict), RunConfig.thread("essay-1"));
 * }
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
     * @throws ThreadBusyException if another run of the thread executes, and the configuration does not say {@link
     *     RunConfig#whenBusy wait}
     */
    RunResult<O> invoke(I input, RunConfig config);

    /** {@link #invoke(Object, RunConfig)} for a workflow without input. */
    RunResult<O> invoke(RunConfig config);

    /**
     * Answers questions, or continues a run, and waits until it completes or pauses again. A run that executes takes an answer, too,
     * whichever process executes it, if it has asked the question. The answer is stored before the run sees it.
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

    /**
     * Invokes the workflow once for each input, with the configuration at the same place, all at the same time. Returns the results
     * in the order of the inputs.
     *
     * @throws WorkflowFailedException if bodies failed: the failure of the first of those inputs, once all runs rest
     * @throws RequestRefusedException if there are not as many configurations as inputs; nothing is started
     */
    List<RunResult<O>> batch(List<I> inputs, List<RunConfig> configs);

    /**
     * Puts a new run into a queue, durably, and returns. A {@linkplain dev.clew.queue.Worker worker} of any process that has the
     * workflow opens the run when its turn comes.
     *
     * <p><b>Order.</b> The runs of one thread are opened one after the other, in the order in which they were enqueued. One waits
     * while the thread's run executes, sleeps, or waits for answers; {@link RunConfig#whenInterrupted} lets it abandon a run that
     * waits for answers, or be refused.
     *
     * <p><b>Once.</b> A call with the run id of a run that is stored enqueues nothing, and gives the handle of that run.
     *
     * <p><b>Durability.</b> The input is stored in {@link Durability#EXIT}, too. There, a crash makes the run begin from its first step.
     *
     * <p><b>Later.</b> Only workers continue the run: when it is due, after a crash, and when another process stored an answer.
     * {@code recover()} leaves it alone. {@code invoke} with a {@link Command} continues it in this process.
     *
     * <pre>{@code
     * RunHandle<Essay> run = graph.write().enqueue("rain", RunConfig.thread("essay-1").queue("essays").priority(5));
     * }</pre>
     *
     * @throws RequestRefusedException without a checkpointer or a thread id, with contexts, or if the thread belongs to another
     *     workflow; with {@link WhenInterrupted#REJECT}, if the thread's run waits for a person; nothing is stored
     * @throws ThreadBusyException with {@link WhenBusy#reject()}, if the run would have to wait; nothing is stored
     */
    RunHandle<O> enqueue(I input, RunConfig config);

    /** {@link #enqueue(Object, RunConfig)} for a workflow without input. */
    RunHandle<O> enqueue(RunConfig config);

    /**
     * Stores answers for a run that was enqueued, and returns. A worker continues the run, at its old place in the queue. Answers
     * are checked at once, as {@link #invoke(Command, RunConfig)} does. {@link Command#proceed()} instead of answers lets a worker
     * continue a run that is held, blocked or stuck.
     *
     * <pre>{@code
     * RunConfig thread = RunConfig.thread("essay-1");
     * PendingInterrupt<?, ?> question = write.state(thread).pending().get(0);
     * write.enqueue(Command.resume(question.id(), true), thread);
     * }</pre>
     *
     * @throws dev.clew.interrupt.AnswerRefusedException if an answer names no pending question or has the wrong type; nothing
     *     is stored
     * @throws RequestRefusedException if the thread's run was not enqueued, or if there is nothing to continue
     */
    RunHandle<O> enqueue(Command answers, RunConfig config);

    /**
     * Returns the handle of a run of a thread, enqueued or not. It asks the store nothing: {@link RunHandle#status} says whether
     * there is such a run.
     *
     * @throws RequestRefusedException without a checkpointer
     */
    RunHandle<O> handle(String runId, String threadId);

    /**
     * Enqueues a run with this input at each tick from now on, durably: a schedule of this name.
     *
     * <p><b>Who enqueues.</b> A {@linkplain dev.clew.queue.Worker worker} of any graph of the checkpointer, even of a graph that does
     * not have the workflow. All processes together enqueue one run for each tick.
     *
     * <p><b>Ids.</b> The run's id is {@code name@tick}, with the tick in UTC. Its thread is {@code name/tick}. If the
     * configuration names a thread, all runs are of that thread, one after the other.
     *
     * <p><b>Again.</b> A program calls it at each start. The same definition again changes nothing, so a restart shifts no tick. Another
     * definition under the same name replaces the one before, even one of another workflow; its first tick is the next one from now.
     * A schedule that is paused stays paused.
     *
     * <pre>{@code
     * graph.write().schedule("nightly", Every.of(Duration.ofHours(24)), "news", RunConfig.none().queue("essays"));
     * }</pre>
     *
     * @param config where and with what the runs are enqueued; without run id, contexts, delay and checkpoint
     * @throws RequestRefusedException without a checkpointer, with an option that a schedule cannot have, or if the ticks have no
     *     next one or cannot be read again; nothing is stored
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

    /** Returns the schedule of this name, whether it exists or not. A schedule of another workflow counts as one that does not exist. */
    Schedule schedule(String name);

    /** Returns the schedules of this workflow, by name. */
    List<ScheduleState> schedules();

    /**
     * Starts a run as {@link #invoke(Object, RunConfig)} does, and streams what it does. Without a mode, that is {@link
     * StreamMode#UPDATES}.
     *
     * <p>This method throws nothing if the call is refused: the stream's iteration does, and {@link RunStream#result()}. If the
     * configuration's run id names a run that this graph executes already, the stream begins with its next event. If another process
     * executes it, the stream has only the result; {@link #watch} reads its events.
     */
    RunStream<O> stream(I input, RunConfig config, StreamMode... modes);

    /** {@link #stream(Object, RunConfig, StreamMode...)} for a workflow without input. */
    RunStream<O> stream(RunConfig config, StreamMode... modes);

    /** Answers questions, or continues a run, and streams what it does. */
    RunStream<O> stream(Command command, RunConfig config, StreamMode... modes);

    /**
     * Streams what the thread's run does from now on, until it rests, whichever process executes it. Several readers may watch a run;
     * one that is too slow for the {@linkplain RunStream bounded queue} slows the run.
     *
     * <p>A run that this graph executes is streamed as it happens. A run of another graph or process is read from its log, a
     * moment after each entry was stored. So there
     *
     * <ul>
     *   <li>UPDATES and CHECKPOINTS are complete, and so is what VALUES and DEBUG make of them
     *   <li>TASKS has the ends, failures and retries of steps, but only scopes begin, and without their arguments
     *   <li>CUSTOM and MESSAGES are refused, because no log has what code emits
     *   <li>with EXIT durability all comes at once, when the run rests
     *   <li>values have the types that this graph declares for its tasks; of other tasks they are plain data
     * </ul>
     *
     * <p>If the process that executed the run is gone, the stream ends with an error that says so. To watch a run never continues it.
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

    /** Returns what the thread is doing: status, value, every step, pending questions. */
    ThreadState<O> state(String threadId);

    /**
     * {@link #state(String)} of the configuration's thread. If the configuration names a checkpoint, this is the state at that
     * checkpoint: the thread's value then, and the run that the checkpoint opened or completed. An old run has no pending questions,
     * and one that was abandoned is CANCELLED. An unknown checkpoint gives the empty state.
     */
    ThreadState<O> state(RunConfig config);

    /**
     * Returns the thread's checkpoints, newest first; none for a thread that never ran.
     *
     * @throws RequestRefusedException without a checkpointer, or if the thread belongs to another workflow
     */
    List<HistoryEntry<O>> history(String threadId);

    /** {@link #history(String)} of the configuration's thread, or only the checkpoint that it names. */
    List<HistoryEntry<O>> history(RunConfig config);

    /**
     * Returns the checkpoints that match, newest first. The number of queries to the store does not depend on how many there are.
     *
     * <pre>{@code
     * write.history(CheckpointQuery.of("essay-1").metadata(Map.of("user", "ann")).before(lastSeen).limit(20))
     * }</pre>
     */
    List<HistoryEntry<O>> history(CheckpointQuery query);

    /**
     * {@link #history(CheckpointQuery)} of a long thread, a hundred checkpoints at a time: the next ones are fetched when the stream
     * needs them. Nothing is held open in between, so the stream needs no closing. Checkpoints that are made meanwhile are newer than
     * its first, and not in it.
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
     * {@code @Previous}. Null removes the value. The thread need not have run before. An unfinished run is abandoned: its questions
     * are withdrawn, and it stays readable as CANCELLED. If the configuration names a checkpoint, the new one follows that.
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
     * Branches off at the checkpoint that the configuration names, or at the newest one, and opens a new run there. {@code
     * Command.proceed()} with the returned configuration executes it: from the first step, with the input of the run that the
     * checkpoint belongs to. At a checkpoint that completed a run there is nothing to execute, and {@code proceed()} returns its value.
     *
     * <p>The branch is the thread's newest from now on. The old one stays readable through {@link #history}, and its unfinished run
     * as CANCELLED. Until it executes, the new run counts as crashed, so that {@code recover()} continues it, too. If the
     * configuration names a run id, the new run has it.
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
     * {@link #fork(RunConfig)} that keeps what the old run had recorded up to this point: the new run replays it, with the same random
     * numbers and times, and executes what comes after. Answers that the old run took are kept. A question that was pending is
     * pending in the branch, under an id of its own.
     *
     * <pre>{@code
     * RunConfig branch = write.fork(RunConfig.thread("essay-1"), ForkPoint.before("task:publish#1"));
     * }</pre>
     *
     * @throws RequestRefusedException if the run has no such step, or the step has no outcome to fork after
     */
    RunConfig fork(RunConfig config, ForkPoint point);

    /**
     * Cancels the thread's run, from any process: its steps are interrupted, its questions withdrawn. A run that another
     * process executes is cancelled within a second.
     *
     * <p>A run that completes before the cancel reaches it has completed. One that pauses or fails before, or whose process dies, is
     * cancelled all the same. Later runs of the thread never are. A run that is enqueued and not opened yet is not cancelled: {@link
     * RunHandle#cancel()} does that.
     *
     * @return whether there was a run to cancel
     */
    boolean cancel(String threadId);

    /** {@link #cancel(String)} of the configuration's thread. */
    boolean cancel(RunConfig config);

    /**
     * {@link #cancel(String)}, and with {@link OnCancel#UNDO} what the run has done is undone. Returns once the run has stopped, and
     * its undo is stored; {@code invoke(Command.undo(), config)} waits until that has ended. A run that is being undone is not
     * cancelled.
     *
     * @return whether there was something to cancel, or to undo; a run that had completed is not undone
     */
    boolean cancel(String threadId, OnCancel then);

    /** {@link #cancel(String, OnCancel)} of the configuration's thread. */
    boolean cancel(RunConfig config, OnCancel then);

    /** Returns the name under which the workflow is stored. */
    String name();

    /** Returns the names under which the workflow was stored before; threads that are bound to one of them are its threads. */
    List<String> formerly();

    /** Returns the input's type; that of {@link Void} for an entrypoint without input. */
    TypeRef<I> inputType();

    /** Returns the type of the value that callers get. */
    TypeRef<O> outputType();

    /** Returns the tasks of its class, in the order of their declaration. */
    List<TaskInfo> tasks();

    /** Returns the type of what the workflow saves for its next run, if it returns a {@link Final}; empty if it saves its output. */
    default Optional<TypeRef<?>> savedType() {
        return Optional.empty();
    }

    /** Returns the questions that its class declares as constants. Code elsewhere may ask others. */
    List<InterruptKey<?, ?>> questions();

    /**
     * Returns the text of a JSON Schema of what the graph's codec writes for this type: of its input, its output, or of a
     * question or an answer of an {@link InterruptKey}. Empty if the codec writes no JSON.
     *
     * <pre>{@code
     * String form = write.schema(EssayFlow.REVIEW.answerType()).orElseThrow();
     * }</pre>
     *
     * @throws dev.clew.value.CodecException if values of the type have no stored form
     */
    Optional<String> schema(TypeRef<?> type);
}
