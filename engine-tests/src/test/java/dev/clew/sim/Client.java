package dev.clew.sim;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.flow.Durability;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadBusyException;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.value.ClewException;
import dev.clew.value.CodecException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Somebody who wants a program's value: starts it, answers its questions, and asks again whatever comes between. */
final class Client {
    static final String RUN_ID = "r";
    private static final Set<ThreadStatus> RESTS = EnumSet.of(
            ThreadStatus.INTERRUPTED,
            ThreadStatus.SLEEPING,
            ThreadStatus.FAILED,
            ThreadStatus.BLOCKED,
            ThreadStatus.STUCK);
    static final RunConfig RUN = RunConfig.thread(Simulation.THREAD).runId(RUN_ID);

    private final Simulation simulation;
    private final Scheduler scheduler;
    private final World world;
    private final Random random;

    /** How many losses there had been when a process said that the run will be cancelled; -1 where none said so. */
    private int promised = -1;

    Client(Simulation simulation, Scheduler scheduler, World world, Random random) {
        this.simulation = simulation;
        this.scheduler = scheduler;
        this.world = world;
        this.random = random;
    }

    void live() {
        int looks = 0;
        while (world.violations().isEmpty()) {
            Host host = simulation.anyHost(random);
            int blackouts = simulation.blackouts();
            ThreadState<String> state = host == null ? null : look(host);
            if (state == null) {
                scheduler.sleep(random.nextInt(5_000_000));
                continue;
            }
            scheduler.note(
                    "client sees " + state.status() + ", " + state.pending().size() + " pending");
            requireCancelled(host, state.status());
            switch (state.status()) {
                case IDLE -> {
                    if (state.value() != null) {
                        String wanted = Model.value(simulation.program(), "in");
                        world.check(wanted.equals(state.value()), "P2: %s instead of %s", state.value(), wanted);
                        return;
                    }
                }
                case CANCELLED -> {
                    world.check(simulation.schedule().cancels(), "nobody cancelled the run");
                    simulation.requireRest(random.nextInt(50_000_000), blackouts);
                    return;
                }
                case BLOCKED ->
                    world.check(
                            simulation.isDeployed()
                                    && String.valueOf(state.blockedBy()).contains("$."),
                            "P7: the thread is BLOCKED: %s",
                            state.blockedBy());
                default -> {}
            }
            boolean waits = state.status() == ThreadStatus.RUNNING || state.status() == ThreadStatus.SLEEPING;
            looks = waits ? looks + 1 : 0;
            scheduler.sleep((long) (random.nextDouble() * (100_000L << Math.min(looks, 16))));
            if (simulation.schedule().refusals() && random.nextInt(4) == 0) {
                ask(host, state);
            }
            List<CompletableFuture<?>> asked = new ArrayList<>();
            if (simulation.schedule().cancels() && random.nextInt(6) == 0) {
                scheduler.note("cancel at " + host);
                int losses = simulation.losses();
                asked.add(host.call("cancel", () -> host.workflow().cancel(Simulation.THREAD))
                        .thenApply(found -> {
                            // In EXIT mode the run may be gone without a trace, and begun anew under its id.
                            boolean kept = simulation.schedule().durability() != Durability.EXIT;
                            promised = found && kept ? losses : promised;
                            return found;
                        }));
            }
            act(host, state, asked);
            await(host, asked);
        }
    }

    /** A run that somebody was told will be cancelled may end before; it does not rest to go on later. */
    private void requireCancelled(Host host, ThreadStatus seen) {
        if (promised != simulation.losses() || !RESTS.contains(seen)) {
            return;
        }
        scheduler.sleep(5_000_000_000L);
        ThreadState<String> later = host.isDead() ? null : look(host);
        world.check(
                later == null || promised != simulation.losses() || !RESTS.contains(later.status()),
                "a run that was to be cancelled is %s",
                seen);
    }

    private ThreadState<String> look(Host host) {
        CompletableFuture<ThreadState<String>> state =
                host.call("state", () -> host.workflow().state(Simulation.THREAD));
        scheduler.join(CompletableFuture.anyOf(state.handle((seen, failed) -> true), host.died()));
        return state.isDone() && !state.isCompletedExceptionally() ? state.join() : null;
    }

    private void act(Host host, ThreadState<String> state, List<CompletableFuture<?>> asked) {
        switch (state.status()) {
            case INTERRUPTED -> {
                boolean due =
                        state.wakeAt() != null && state.wakeAt().isBefore(Instant.EPOCH.plusNanos(scheduler.nanos()));
                if (due && random.nextBoolean()) {
                    recover(host, asked);
                } else if (random.nextInt(8) == 0) {
                    invoke(host, asked, "proceed", () -> host.workflow().invokeAsync(Command.proceed(), RUN));
                } else if (!state.pending().isEmpty()) {
                    Command answers = answers(state, random, world);
                    invoke(host, asked, "answer", () -> host.workflow().invokeAsync(answers, RUN));
                }
            }
            case FAILED, STUCK, BLOCKED ->
                invoke(host, asked, "proceed", () -> host.workflow().invokeAsync(Command.proceed(), RUN));
            case RUNNING, SLEEPING -> {
                if (!state.pending().isEmpty() && random.nextInt(3) > 0) {
                    // A question needs no pause to be answered.
                    Command answers = answers(state, random, world);
                    invoke(host, asked, "answer early", () -> host.workflow().invokeAsync(answers, RUN));
                } else if (random.nextInt(3) == 0) {
                    invoke(host, asked, "join", () -> host.workflow().invokeAsync("in", RUN));
                } else {
                    recover(host, asked);
                }
            }
            case CRASHED, ANSWERED -> {
                switch (random.nextInt(4)) {
                    case 0 -> recover(host, asked);
                    case 1 -> invoke(host, asked, "join", () -> host.workflow().invokeAsync("in", RUN));
                    default -> {
                        boolean answers =
                                random.nextBoolean() && !state.pending().isEmpty();
                        Command how = answers ? answers(state, random, world) : Command.proceed();
                        invoke(host, asked, "continue", () -> host.workflow().invokeAsync(how, RUN));
                    }
                }
            }
            default -> invoke(host, asked, "invoke", () -> host.workflow().invokeAsync("in", RUN));
        }
    }

    /** Asks a process for something whose result comes later. */
    private void invoke(
            Host host,
            List<CompletableFuture<?>> asked,
            String what,
            Supplier<CompletableFuture<RunResult<String>>> request) {
        scheduler.note(what + " at " + host);
        asked.add(host.ask(what, request));
    }

    private void recover(Host host, List<CompletableFuture<?>> asked) {
        scheduler.note("recover at " + host);
        asked.add(host.call("recover", () -> {
                    List<CompletableFuture<?>> runs = new ArrayList<>();
                    host.graph().recover().runs().forEach(run -> runs.add(run.result()));
                    return runs;
                })
                .thenCompose(runs -> CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new))));
    }

    /** Answers to all questions, or to some. */
    static Command answers(ThreadState<String> state, Random random, World world) {
        List<PendingInterrupt<?, ?>> open = new ArrayList<>(state.pending());
        Collections.shuffle(open, random);
        int most = random.nextBoolean() ? open.size() : 1 + random.nextInt(open.size());
        Answer[] answers = open.subList(0, most).stream()
                .map(question -> ((Command.Answers)
                                Command.resumeAll(Map.of(question.id(), Interpreter.answerTo(question, world))))
                        .answers()
                        .get(0))
                .toArray(Answer[]::new);
        return Command.answers(answers);
    }

    private void await(Host host, List<CompletableFuture<?>> asked) {
        if (asked.isEmpty()) {
            scheduler.sleep(random.nextInt(2_000_000));
            return;
        }
        List<CompletableFuture<?>> ends = new ArrayList<>();
        asked.forEach(result -> ends.add(result.handle((value, failure) -> true)));
        CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
        long patience = random.nextInt(4) == 0 ? random.nextInt(20_000_000) : 100_000_000_000L;
        scheduler.join(CompletableFuture.anyOf(all, host.died()), java.time.Duration.ofNanos(patience));
        for (CompletableFuture<?> result : asked) {
            if (result.isDone()) {
                judge(result);
            }
        }
    }

    /** Whatever trouble may do to a request; anything else is a fault of the engine. */
    void judge(CompletableFuture<?> result) {
        try {
            Object end = result.join();
            scheduler.note(end instanceof RunResult.Interrupted<?> ? "paused" : "ended");
        } catch (CompletionException failed) {
            Throwable why = failed.getCause();
            String text = String.valueOf(why.getMessage()).replaceAll("owned by [^;]*", "owned by somebody");
            scheduler.note(why.getClass().getSimpleName() + " " + text);
            boolean flaky = why instanceof WorkflowFailedException wrong
                    && (simulation.program().has(Program.Kind.FLAKY)
                            || simulation.program().has(Program.Kind.GRAPH))
                    && String.valueOf(wrong.failure().message()).contains("flaky");
            boolean unrenewed = why instanceof ClewException
                    && String.valueOf(why.getMessage()).contains("could not be renewed");
            // In EXIT mode a child's run that goes on elsewhere is not known by its id, so its parent finds a busy
            // thread.
            boolean unknown = why instanceof WorkflowFailedException busy
                    && simulation.schedule().durability() == Durability.EXIT
                    && simulation.program().has(Program.Kind.DETACHED)
                    && busy.failure().type().endsWith("ThreadBusyException");
            // Live, and where the blocked run is joined.
            boolean mismatch = why instanceof CodecException || why instanceof NonDeterminismException;
            boolean unreadable = simulation.isDeployed() && mismatch && text.contains("$.");
            boolean expected = flaky
                    || Slips.caused(why)
                    || unreadable
                    || unknown
                    || why instanceof WorkflowCancelledException
                            && (simulation.schedule().cancels()
                                    || simulation.demand().abandons())
                    || unrenewed
                    || why instanceof Killed
                    || why instanceof CheckpointException
                    || why instanceof RequestRefusedException
                    || why instanceof ThreadStuckException
                    || why instanceof ThreadBusyException
                    || why instanceof AnswerRefusedException;
            if (!expected) {
                java.io.StringWriter stack = new java.io.StringWriter();
                why.printStackTrace(new java.io.PrintWriter(stack));
                world.check(false, "a request failed with %s", stack);
            }
        }
    }

    /** Asks for what must be refused, and change nothing. */
    private void ask(Host host, ThreadState<String> state) {
        CompletableFuture<Boolean> refused;
        int which = random.nextInt(3);
        if (which == 0) {
            refused = refused(host, () -> host.workflow().invokeAsync(Command.resume("no such question", "x"), RUN));
        } else if (which == 1 && !state.pending().isEmpty()) {
            String id =
                    state.pending().get(random.nextInt(state.pending().size())).id();
            refused = refused(host, () -> host.workflow().invokeAsync(Command.resumeAll(Map.of(id, 42)), RUN));
        } else if (simulation.schedule().durability() != Durability.EXIT && state.runId() != null) {
            refused = refused(host, () -> host.workflow().invokeAsync("another input", RUN));
        } else {
            return;
        }
        scheduler.join(CompletableFuture.anyOf(refused.handle((done, failed) -> true), host.died()));
    }

    private CompletableFuture<Boolean> refused(Host host, Supplier<CompletableFuture<RunResult<String>>> request) {
        return host.call("refused", () -> {
            int before = scheduler.current().writes;
            CompletableFuture<RunResult<String>> result = request.get();
            // An answer that meets the end of a session is looked at again once that is written.
            scheduler.join(result.handle((value, failed) -> true));
            world.check(result.isCompletedExceptionally(), "P6: a wrong request was taken");
            world.check(scheduler.current().writes == before, "P6: a refused request has written");
            return true;
        });
    }
}
