package dev.clew.testing;

import dev.clew.flow.RecoveredRun;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.task.Failure;
import dev.clew.value.ClewException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends one request, and does what a program does after a crash until it has its result. */
final class Driver<I, O extends @Nullable Object> {
    private static final int MOST_CRASHES = 1_000;

    private final Lab lab;
    private final TestGraph<?> graph;
    private final Supplier<Workflow<I, O>> workflow;
    private final String threadId;
    private final RunConfig config;

    Driver(Lab lab, TestGraph<?> graph, Supplier<Workflow<I, O>> workflow, String threadId, RunConfig config) {
        this.lab = lab;
        this.graph = graph;
        this.workflow = workflow;
        this.threadId = threadId;
        this.config = config;
    }

    /** What is asked of the workflow; a new run's configuration has a run id, so it may be asked again. */
    @FunctionalInterface
    interface Request<I, O extends @Nullable Object> {
        RunResult<O> send(Workflow<I, O> workflow, RunConfig config);

        /** What is asked after a crash, when the thread is in this state; empty where the run is only to go on. */
        default Optional<Request<I, O>> again(ThreadState<O> state) {
            return Optional.of(this);
        }
    }

    /** A command for a run that is there. */
    record Resumption<I, O extends @Nullable Object>(Command command) implements Request<I, O> {
        @Override
        public RunResult<O> send(Workflow<I, O> workflow, RunConfig config) {
            return workflow.invoke(command, config);
        }

        /** An answer that was stored is not given again, and a failure that was stored is no reason to try again. */
        @Override
        public Optional<Request<I, O>> again(ThreadState<O> state) {
            Failure failure = state.failure();
            if (state.status() == ThreadStatus.FAILED && failure != null) {
                return Optional.of((workflow, config) -> {
                    throw new WorkflowFailedException("thread '" + state.threadId() + "'", failure, null);
                });
            }
            Set<String> open = state.pending().stream().map(p -> p.id()).collect(Collectors.toSet());
            boolean unanswered = answers().stream().anyMatch(answer -> open.contains(answer.id()));
            boolean asked = unanswered || command instanceof Command.ResumeOnly && !open.isEmpty();
            return asked ? Optional.of(this) : Optional.empty();
        }

        private List<Answer> answers() {
            if (command instanceof Answer one) {
                return List.of(one);
            }
            return command instanceof Command.Answers several ? several.answers() : List.of();
        }
    }

    TestRun<O> drive(Request<I, O> first) {
        lab.reopenIfDead();
        Request<I, O> request = first;
        for (int crashes = 0; crashes < MOST_CRASHES; crashes++) {
            LabProcess process = lab.process();
            try {
                return run(request.send(workflow.get(), config), null);
            } catch (ClewException failed) {
                if (!process.isDead()) {
                    return run(null, failed);
                }
            } catch (Error died) {
                if (!process.isDead()) {
                    throw died;
                }
            }
            lab.reopen();
            ThreadState<O> state = workflow.get().state(threadId);
            if (state.status() == ThreadStatus.SLEEPING) {
                sleep(state.wakeAt());
            }
            request = request.again(state).orElse(this::recovered);
        }
        throw new IllegalStateException("the lab crashed " + MOST_CRASHES + " times during one request");
    }

    /** Nobody may be there to wait for a run that another process parked, so time is moved for it. */
    private void sleep(@Nullable Instant until) {
        Duration left =
                until == null ? Duration.ZERO : Duration.between(lab.clock().instant(), until);
        if (!left.isNegative()) {
            lab.clock().advance(left);
        }
    }

    /** The run goes on when the program recovers what crashed and what is due; what rests already is only looked at. */
    @SuppressWarnings("unchecked")
    private RunResult<O> recovered(Workflow<I, O> target, RunConfig again) {
        if (!again.contexts().isEmpty()) {
            // Recovery has only the builder's contexts; a program that gives them with its requests proceeds.
            return target.invoke(Command.proceed(), again);
        }
        Optional<RecoveredRun> run = graph.get().recover().run(threadId);
        return run.isPresent() ? (RunResult<O>) run.get().join() : target.invoke(Command.proceed(), again);
    }

    private TestRun<O> run(@Nullable RunResult<O> result, @Nullable ClewException failure) {
        ThreadState<O> state = workflow.get().state(threadId);
        String runId =
                result != null ? result.runId() : config.runId().orElse(state.runId() == null ? "" : state.runId());
        TestRun<O> run =
                new TestRun<>(result, failure, state, runId, lab.eventsOf(threadId, runId), lab.logOf(threadId, runId));
        lab.ended(run);
        return run;
    }
}
