package dev.clew.state;

import dev.clew.interrupt.HasPendingInterrupts;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.task.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a thread was doing when it was read. Immutable.
 *
 * <pre>{@code
 * ThreadState<Essay> state = write.state("essay-1");
 * state.steps().forEach(step -> System.out.println(step.path() + " " + step.status()));
 * }</pre>
 *
 * @param threadId which thread
 * @param status what it is doing; IDLE for a thread that never ran
 * @param runId the head run, or null for a thread that never ran
 * @param runNumber which of the thread's runs that is, counted from 1; 0 for a thread that never ran
 * @param checkpointId the newest checkpoint, or null for a thread that never ran
 * @param value the value of its last completed run, or null
 * @param steps the head run's steps in the order in which they reached the log
 * @param pending the questions that wait, in the order in which they were asked
 * @param failure why the head run failed, or null
 * @param blockedBy why the head run is blocked, or null
 * @param wakeAt when a parked run goes on by itself, or null
 * @param unreadable why {@code value} is null although the thread has one: its type has changed, and the text says which
 *     member cannot be read; else null
 */
public record ThreadState<O extends @Nullable Object>(
        String threadId,
        ThreadStatus status,
        @Nullable String runId,
        int runNumber,
        @Nullable String checkpointId,
        @Nullable O value,
        List<StepState> steps,
        List<PendingInterrupt<?, ?>> pending,
        @Nullable Failure failure,
        @Nullable String blockedBy,
        @Nullable Instant wakeAt,
        @Nullable String unreadable)
        implements HasPendingInterrupts {
    public ThreadState {
        steps = List.copyOf(steps);
        pending = List.copyOf(pending);
    }

    /** The step with this path. */
    public Optional<StepState> step(String path) {
        return steps.stream().filter(s -> s.path().equals(path)).findFirst();
    }

    /**
     * The run as a Mermaid flowchart: from the thread on the left to its steps, and from each scope to what it called, in
     * the order in which they reached the log. Boxes are tasks, double-walled ones child workflows, hexagons questions,
     * flags timers; an open step hangs on a dotted line.
     *
     * <p>It stays readable however long the run is: three or more alike steps of one scope are drawn as one with their
     * number, and of more than forty different ones those that succeeded are only counted. No values are shown, and of
     * failures only the class.
     *
     * <pre>{@code
     * Files.writeString(Path.of("essay-1.mmd"), write.state("essay-1").diagram());
     * }</pre>
     */
    public String diagram() {
        return Diagram.of(this);
    }

    @Override
    public String toString() {
        return "ThreadState[thread '" + threadId + "', " + status + ", " + steps.size() + " steps, " + pending.size()
                + " pending]";
    }
}
