package dev.clew.sim;

import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.queue.RunQueue;
import dev.clew.state.RunStatus;
import dev.clew.state.ThreadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Somebody who answers what the queued runs of a thread ask, and sees to it that each request comes to its end. He never recovers
 * or continues what can go on by itself: workers have to.
 */
final class Minder {
    /** Whatever came over the processes is over by then, and every pause that follows. */
    private static final long PATIENCE = Duration.ofMinutes(20).toNanos();

    /** Each goes on looking at the store, after the one who asked has left. */
    private static final int MOST_RESULTS = 10;

    private final Simulation simulation;
    private final Scheduler scheduler;
    private final World world;
    private final Client client;
    private final Random random;
    private final String thread;
    private final List<Demand.Wanted> open;
    private final Set<String> cancelled = new HashSet<>();
    private long since;
    private int results;

    Minder(Simulation simulation, Scheduler scheduler, World world, Random random, String thread) {
        this.simulation = simulation;
        this.scheduler = scheduler;
        this.world = world;
        this.client = new Client(simulation, scheduler, world, random);
        this.random = random;
        this.thread = thread;
        this.open = new ArrayList<>(simulation.demand().wanted().stream()
                .filter(wanted -> wanted.thread().equals(thread))
                .toList());
    }

    void live() {
        since = scheduler.nanos();
        for (int looks = 0; world.violations().isEmpty() && !open.isEmpty(); looks++) {
            scheduler.sleep((long) (random.nextDouble() * (500_000L << Math.min(looks, 11))));
            Host host = simulation.anyHost(random);
            if (host == null) {
                continue;
            }
            int before = open.size();
            open.removeIf(wanted -> simulation.lines().isAcknowledged(wanted) && isOver(host, wanted));
            if (open.size() < before) {
                since = scheduler.nanos();
                looks = 0;
            }
            requireProgress();
        }
    }

    private void requireProgress() {
        long quiet = scheduler.nanos() - Math.max(since, simulation.lastTrouble());
        boolean asked = open.stream().allMatch(simulation.lines()::isAcknowledged);
        world.check(
                !asked || quiet < PATIENCE,
                "Q4: nothing has come of %s for %s: %s",
                open,
                Duration.ofNanos(quiet),
                simulation.lines().of(thread));
    }

    /** Looks at a request, and does for it what a person has to do. */
    private boolean isOver(Host host, Demand.Wanted wanted) {
        RunStatus status = status(host, wanted);
        if (status == null) {
            return false;
        }
        scheduler.note("minder sees " + status + " of " + wanted.id());
        switch (status) {
            case QUEUED, RUNNING, SLEEPING -> meddle(host, wanted, status);
            case INTERRUPTED -> answer(host, wanted);
            case STUCK -> ask(host, "proceed", () -> host.workflow().invokeAsync(Command.proceed(), wanted.answers()));
            case HELD -> {
                int takes = simulation.lines().takes(thread, wanted.id());
                world.check(takes >= RunQueue.MAX_ATTEMPTS, "Q5: %s is held after %s takes", wanted, takes);
                cancel(host, wanted);
            }
            case COMPLETED -> {
                return isRight(host, wanted);
            }
            default -> {
                return isAllowed(wanted, status);
            }
        }
        return false;
    }

    /** Whether it may have ended without a value. */
    private boolean isAllowed(Demand.Wanted wanted, RunStatus status) {
        boolean allowed = status == RunStatus.FAILED && simulation.program().has(Program.Kind.FLAKY)
                || status == RunStatus.CANCELLED && (isAbandoned() || cancelled.contains(wanted.id()));
        world.check(allowed, "Q6: %s is %s", wanted, status);
        return true;
    }

    private boolean isAbandoned() {
        return simulation.demand().wanted().stream()
                .anyMatch(other -> other.abandons() && other.thread().equals(thread));
    }

    /** Does what nobody has to do. */
    private void meddle(Host host, Demand.Wanted wanted, RunStatus status) {
        if (status == RunStatus.QUEUED && simulation.demand().invokes() && random.nextInt(8) == 0) {
            ask(host, "join", () -> host.workflow().invokeAsync(wanted.input(), wanted.answers()));
        } else if (simulation.schedule().cancels() && random.nextInt(12) == 0) {
            cancel(host, wanted);
        } else if (random.nextInt(8) == 0 && results++ < MOST_RESULTS) {
            ask(host, "result", () -> handle(host, wanted).resultAsync());
        }
    }

    private static RunHandle<String> handle(Host host, Demand.Wanted wanted) {
        return host.workflow().handle(wanted.id(), wanted.thread());
    }

    private RunStatus status(Host host, Demand.Wanted wanted) {
        CompletableFuture<RunStatus> status =
                host.call("status", () -> handle(host, wanted).status());
        scheduler.join(CompletableFuture.anyOf(status.handle((seen, failed) -> true), host.died()));
        if (status.isDone() && status.isCompletedExceptionally()) {
            Throwable failed = status.handle((seen, why) -> why).join();
            world.check(!(failed instanceof RequestRefusedException), "Q1: %s was lost: %s", wanted, failed);
        }
        return status.isDone() && !status.isCompletedExceptionally() ? status.join() : null;
    }

    private boolean isRight(Host host, Demand.Wanted wanted) {
        CompletableFuture<RunResult<String>> result =
                host.ask("result", () -> handle(host, wanted).resultAsync());
        scheduler.join(CompletableFuture.anyOf(result.handle((value, failed) -> true), host.died()));
        if (!result.isDone() || result.isCompletedExceptionally()) {
            if (result.isDone()) {
                client.judge(result);
            }
            return false;
        }
        String expected = Model.value(simulation.program(), wanted.input());
        String value = result.join() instanceof RunResult.Completed<String> done ? done.value() : "a pause";
        world.check(expected.equals(value), "P2: %s came to %s instead of %s", wanted, value, expected);
        return true;
    }

    private void cancel(Host host, Demand.Wanted wanted) {
        cancelled.add(wanted.id());
        scheduler.note("cancel " + wanted.id() + " at " + host);
        CompletableFuture<Boolean> asked =
                host.call("cancel", () -> handle(host, wanted).cancel());
        scheduler.join(CompletableFuture.anyOf(asked.handle((done, failed) -> true), host.died()));
        if (asked.isDone()) {
            client.judge(asked);
        }
    }

    private void answer(Host host, Demand.Wanted wanted) {
        CompletableFuture<ThreadState<String>> look =
                host.call("state", () -> host.workflow().state(thread));
        scheduler.join(CompletableFuture.anyOf(look.handle((seen, failed) -> true), host.died()));
        if (!look.isDone() || look.isCompletedExceptionally()) {
            return;
        }
        ThreadState<String> state = look.join();
        if (!wanted.id().equals(state.runId()) || state.pending().isEmpty()) {
            return;
        }
        Command answers = Client.answers(state, random, world);
        if (simulation.demand().invokes() && random.nextBoolean()) {
            ask(host, "answer", () -> host.workflow().invokeAsync(answers, wanted.answers()));
        } else {
            ask(
                    host,
                    "enqueue answer",
                    () -> host.workflow().enqueue(answers, wanted.answers()).resultAsync());
        }
    }

    /** Asks for something, and waits for a while. */
    private void ask(Host host, String what, Supplier<CompletableFuture<RunResult<String>>> request) {
        scheduler.note(what + " at " + host);
        CompletableFuture<RunResult<String>> result = host.ask(what, request);
        scheduler.join(
                CompletableFuture.anyOf(result.handle((value, failed) -> true), host.died()),
                Duration.ofMillis(1 + random.nextInt(5_000)));
        if (result.isDone()) {
            client.judge(result);
        }
    }
}
