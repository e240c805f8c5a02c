package dev.clew.sim;

import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadState;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Somebody who looks after a child on a thread of its own: he never starts it, and sees to it that it ends if it was started. */
final class Guardian {
    private final Simulation simulation;
    private final Scheduler scheduler;
    private final World world;
    private final Client client;
    private final Random random;
    private final Program child;

    Guardian(Simulation simulation, Scheduler scheduler, World world, Random random, Program child) {
        this.simulation = simulation;
        this.scheduler = scheduler;
        this.world = world;
        this.client = new Client(simulation, scheduler, world, random);
        this.random = random;
        this.child = child;
    }

    void live() {
        for (int looks = 0; world.violations().isEmpty(); looks++) {
            // Not much later than a child has failed: until then its parent fails again each time that it is continued.
            scheduler.sleep((long) (random.nextDouble() * (200_000L << Math.min(looks, 7))));
            boolean parentIsOver = simulation.isOver();
            Host host = simulation.anyHost(random);
            ThreadState<String> state = host == null ? null : look(host);
            if (state == null) {
                continue;
            }
            scheduler.note("guardian sees " + state.status() + " of " + child.thread());
            boolean never = state.runId() == null;
            if (never && simulation.isQueued(child.thread())) {
                continue;
            }
            if (never ? parentIsOver : state.value() != null) {
                judge(state);
                return;
            }
            if (!never) {
                act(host, state);
            }
        }
    }

    private void judge(ThreadState<String> state) {
        String input = simulation.inputOf(child);
        if (state.value() != null) {
            String wanted = Model.value(child.below().get(0), input);
            world.check(wanted.equals(state.value()), "P2: the child has %s, not %s", state.value(), wanted);
            return;
        }
        boolean let = child.n() == Program.LET_GO
                || child.n() == Program.LAUNCHED && simulation.schedule().durability() == Durability.EXIT;
        world.check(let || !simulation.isCompleted(), "P2: the parent has ended, and its child never began");
    }

    private ThreadState<String> look(Host host) {
        CompletableFuture<ThreadState<String>> state =
                host.call("state", () -> workflow(host).state(child.thread()));
        scheduler.join(CompletableFuture.anyOf(state.handle((seen, failed) -> true), host.died()));
        return state.isDone() && !state.isCompletedExceptionally() ? state.join() : null;
    }

    private Workflow<String, String> workflow(Host host) {
        return host.other(child.workflow());
    }

    private void act(Host host, ThreadState<String> state) {
        RunConfig run = RunConfig.thread(child.thread()).runId(state.runId());
        switch (state.status()) {
            case INTERRUPTED -> {
                // Where a question's deadline has passed while nobody was there, only going on helps.
                boolean answers = !state.pending().isEmpty() && random.nextInt(4) > 0;
                Command answer = answers ? Client.answers(state, random, world) : Command.proceed();
                ask(host, () -> workflow(host).invokeAsync(answer, run));
            }
            case FAILED, STUCK, CRASHED, ANSWERED ->
                ask(host, () -> workflow(host).invokeAsync(Command.proceed(), run));
            case RUNNING, SLEEPING -> {
                if (random.nextInt(4) == 0) {
                    ask(host, () -> {
                        host.graph().recover();
                        return workflow(host).invokeAsync(Command.proceed(), run);
                    });
                }
            }
            case CANCELLED, BLOCKED -> world.check(false, "the child is %s: %s", state.status(), state.blockedBy());
            default -> {}
        }
    }

    private void ask(Host host, Supplier<CompletableFuture<RunResult<String>>> request) {
        CompletableFuture<RunResult<String>> result =
                host.call("guardian", request).thenCompose(asked -> asked);
        scheduler.join(
                CompletableFuture.anyOf(result.handle((value, failed) -> true), host.died()),
                java.time.Duration.ofSeconds(1 + random.nextInt(20)));
        if (result.isDone()) {
            client.judge(result);
        }
    }
}
