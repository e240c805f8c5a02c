package dev.clew.sim;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.flow.Durability;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Runs one program to its end, undisturbed or with whatever may come over processes, disks and people. */
final class Trial implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(Integer.getInteger("clew.random.patience", 10));
    /** Whose disk failed keeps its claim for as long, where another process waits for it. */
    private static final Duration LEASE = Duration.ofSeconds(1);

    private static final String THREAD = "t";
    private static final RunConfig RUN = RunConfig.thread(THREAD).runId("r");

    private final Random random;
    private final World world = new World(Surroundings.real());
    private final Checkpointer store = Checkpointer.inMemory();
    private final List<Process> processes = new ArrayList<>();
    private final long began = System.nanoTime();
    private final List<String> story = Collections.synchronizedList(new ArrayList<>());
    private int troubles;
    private final boolean races;

    Trial(Program program, Random random, Durability durability, int troubles) {
        this.random = random;
        this.troubles = troubles;
        this.races = troubles > 0 && random.nextInt(3) == 0;
        Interpreter interpreter = new Interpreter(world, Surroundings.real());
        int most = 1 + random.nextInt(3);
        Duration parkAfter = random.nextBoolean() ? Duration.ZERO : Duration.ofMinutes(1);
        story.add(durability + ", maxConcurrency " + most + ", parkAfter " + parkAfter);
        for (int i = 0; i < (races ? 2 : 1); i++) {
            processes.add(new Process(interpreter, program, durability, most, parkAfter));
        }
    }

    /** A process, which dies and comes back. */
    private final class Process {
        private final ShakyCheckpointer disk = new ShakyCheckpointer(store, world);
        private final Lab lab;
        private final int most;

        Process(Interpreter interpreter, Program program, Durability durability, int most, Duration parkAfter) {
            this.most = most;
            lab = new Lab(disk, durability)
                    .options(graph ->
                            graph.maxConcurrency(most).parkAfter(parkAfter).closeTimeout(Duration.ZERO))
                    .spec(interpreter.workflow(program));
            lab.workflow();
        }

        void crash() {
            story.add("crash");
            lab.graph().engine().crash();
            disk.revive();
            lab.crash();
        }

        /** All permits are there: as many tasks run at once as may. */
        void checkPermits() throws Exception {
            try {
                RunConfig other = RunConfig.thread("permits " + random.nextLong());
                lab.workflow().invokeAsync(Interpreter.TOGETHER + most, other).get(8, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException leaked) {
                world.check(false, "a permit is lost: %s", leaked);
            }
        }
    }

    /** What was done with the program, for the report of a failure. */
    String story() {
        return String.join("; ", story);
    }

    /** The program's value. */
    String run() throws Exception {
        while (true) {
            buryTheDead();
            ThreadState<String> state = state();
            story.add(state.status().toString());
            if (state.status() == ThreadStatus.IDLE && state.value() != null) {
                check(state);
                return state.value();
            }
            if (System.nanoTime() - began > PATIENCE) {
                throw new AssertionError("does not end: " + state + " " + state.steps());
            }
            Process process = pick();
            if (troubles > 0 && random.nextInt(3) > 0) {
                troubles--;
                ShakyCheckpointer.Trouble[] all = ShakyCheckpointer.Trouble.values();
                ShakyCheckpointer.Trouble next = all[random.nextInt(all.length)];
                int writes = random.nextInt(8);
                story.add(next + " after " + writes);
                process.disk.arm(writes, next);
            }
            List<CompletableFuture<?>> asked = new ArrayList<>(act(process, state));
            if (races && random.nextBoolean()) {
                asked.addAll(act(pick(), state));
            }
            await(asked);
        }
    }

    private void buryTheDead() {
        processes.stream().filter(process -> process.disk.isDead()).forEach(Process::crash);
    }

    private Process pick() {
        return processes.get(random.nextInt(processes.size()));
    }

    private ThreadState<String> state() {
        return processes.get(0).lab.workflow().state(THREAD);
    }

    private List<CompletableFuture<?>> act(Process process, ThreadState<String> state) {
        var workflow = process.lab.workflow();
        switch (state.status()) {
            case INTERRUPTED -> {
                if (troubles > 0 && random.nextInt(4) == 0) {
                    story.add("restart");
                    process.disk.revive();
                    process.lab.restart();
                    return List.of(process.lab.workflow().invokeAsync(Command.proceed(), RUN));
                }
                boolean due = state.wakeAt() != null && state.wakeAt().isBefore(Instant.now());
                if (due) {
                    return recover(process);
                }
                return state.pending().isEmpty() ? List.of() : List.of(workflow.invokeAsync(answers(state), RUN));
            }
            case FAILED, STUCK -> {
                return List.of(workflow.invokeAsync(Command.proceed(), RUN));
            }
            case RUNNING, SLEEPING -> {
                List<CompletableFuture<?>> recovered = new ArrayList<>();
                processes.forEach(each -> recovered.addAll(recover(each)));
                return recovered;
            }
            case CRASHED, ANSWERED -> {
                int how = random.nextInt(3);
                if (how == 0) {
                    return recover(process);
                }
                boolean answers = how == 1 && !state.pending().isEmpty();
                return List.of(workflow.invokeAsync(answers ? answers(state) : Command.proceed(), RUN));
            }
            case IDLE -> {
                return List.of(workflow.invokeAsync("in", RUN));
            }
            default -> throw new AssertionError("the thread is " + state + ": " + state.blockedBy());
        }
    }

    private List<CompletableFuture<?>> recover(Process process) {
        List<CompletableFuture<?>> recovered = new ArrayList<>();
        try {
            process.lab.graph().recover().runs().forEach(run -> recovered.add(run.result()));
        } catch (CheckpointException | RequestRefusedException troubled) {
            story.add("recover failed");
        }
        return recovered;
    }

    private Command answers(ThreadState<String> state) {
        List<PendingInterrupt<?, ?>> open = new ArrayList<>(state.pending());
        Collections.shuffle(open, random);
        int most = troubles == 0 && random.nextBoolean() ? open.size() : 1 + random.nextInt(open.size());
        Answer[] answers = open.subList(0, most).stream()
                .map(question -> ((Command.Answers) Command.resumeAll(
                                java.util.Map.of(question.id(), Interpreter.answerTo(question, world))))
                        .answers()
                        .get(0))
                .toArray(Answer[]::new);
        story.add("answer " + most + " of " + open.size());
        return Command.answers(answers);
    }

    private void await(List<CompletableFuture<?>> asked) throws Exception {
        long crashAt = troubles > 0 && random.nextInt(3) == 0
                ? System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(random.nextInt(4000))
                : Long.MAX_VALUE;
        boolean crashes = crashAt != Long.MAX_VALUE;
        if (crashes) {
            troubles--;
        }
        Process victim = pick();
        if (asked.isEmpty()) {
            Thread.sleep(1);
        }
        while (!asked.stream().allMatch(CompletableFuture::isDone)) {
            if (System.nanoTime() - began > PATIENCE) {
                throw new AssertionError("hangs, " + state() + " " + state().steps() + "\n" + dump());
            }
            buryTheDead();
            if (crashes && System.nanoTime() > crashAt) {
                crashes = false;
                victim.crash();
            }
            LockSupport.parkNanos(20_000);
        }
        for (CompletableFuture<?> result : asked) {
            judge(result);
        }
        if (!world.violations().isEmpty()) {
            throw new AssertionError(world.violations().toString());
        }
    }

    /** Whatever trouble may do to a request; anything else is a fault of the engine. */
    private void judge(CompletableFuture<?> result) throws Exception {
        try {
            Object end = result.get(0, TimeUnit.SECONDS);
            story.add(end instanceof RunResult.Interrupted<?> ? "paused" : "completed");
        } catch (ExecutionException failed) {
            Throwable why = failed.getCause();
            story.add(why.getClass().getSimpleName()
                    + (why instanceof WorkflowFailedException f
                            ? " (" + f.failure().message() + ")"
                            : ""));
            boolean expected = why instanceof CheckpointException
                    || why instanceof RequestRefusedException
                    || why instanceof ThreadStuckException
                    || why instanceof WorkflowFailedException
                    || why instanceof ThreadBusyException
                    || why instanceof AnswerRefusedException;
            if (!expected) {
                throw new AssertionError("unexpected", why);
            }
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        }
    }

    private static String dump() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            if (Arrays.stream(frames).anyMatch(f -> f.getClassName().startsWith("dev.clew"))) {
                text.append(thread).append("\n");
                Arrays.stream(frames)
                        .limit(20)
                        .forEach(f -> text.append("    ").append(f).append("\n"));
            }
        });
        return text.toString();
    }

    private void check(ThreadState<String> state) throws Exception {
        Set<String> answered = new HashSet<>();
        List<Long> places = new ArrayList<>();
        store.scan(THREAD, state.runId(), 0, record -> {
            places.add(record.seq());
            if (EntryFormat.read(record.bytes(), "log") instanceof LogEntry.Answered answer) {
                world.check(answered.add(answer.id()), "P5: %s was answered twice", answer.path());
            }
        });
        for (int i = 0; i < places.size(); i++) {
            world.check(places.get(i) == i, "the log has %s where %s was to be", places.get(i), i);
        }
        for (Process process : processes) {
            process.disk.revive();
            process.checkPermits();
        }
        if (!world.violations().isEmpty()) {
            throw new AssertionError(world.violations().toString());
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.disk.revive();
            process.lab.close();
        }
    }
}
