package dev.clew.sim;

import dev.clew.LabGraph;
import dev.clew.flow.Workflow;
import dev.clew.spi.WorkflowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** A process: a graph, its threads, and its way to the disk. It dies, or stands still; another one takes its place. */
final class Host {
    private final Scheduler scheduler;
    private final int id;
    private final CompletableFuture<Void> died = new CompletableFuture<>();
    private final List<CompletableFuture<?>> calls = new ArrayList<>();
    private final Map<String, Workflow<String, String>> others = new HashMap<>();
    private Door door;
    private LabGraph graph;
    private Workflow<String, String> workflow;
    private boolean dead;
    private boolean closing;
    private long stalledUntil;
    private long suspectUntil;

    Host(Scheduler scheduler, int id) {
        this.scheduler = scheduler;
        this.id = id;
    }

    int id() {
        return id;
    }

    /** Called once, before it is used. */
    void set(Door to, LabGraph made, Function<LabGraph, Workflow<String, String>> of) {
        door = to;
        graph = made;
        workflow = of.apply(made);
    }

    /** It has another workflow, too. */
    void add(WorkflowSpec<String, String> spec) {
        others.put(spec.name(), graph.add(spec));
    }

    Workflow<String, String> other(String name) {
        return others.get(name);
    }

    Door door() {
        return door;
    }

    LabGraph graph() {
        return graph;
    }

    Workflow<String, String> workflow() {
        return workflow;
    }

    boolean isDead() {
        return dead;
    }

    CompletableFuture<Void> died() {
        return died;
    }

    boolean isClosing() {
        return closing;
    }

    void closing() {
        closing = true;
    }

    long stalledUntil() {
        return stalledUntil;
    }

    /** Stands still; what it does just afterwards it does not yet know to be too late. */
    void stall(long until) {
        stalledUntil = Math.max(stalledUntil, until);
        suspectUntil = stalledUntil + 3_000_000_000L;
    }

    boolean isSuspect() {
        return scheduler.nanos() < suspectUntil;
    }

    /** Does something on a thread of this process. */
    <T> CompletableFuture<T> call(String name, Supplier<T> what) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (dead) {
            result.completeExceptionally(new Killed());
            return result;
        }
        calls.add(result);
        scheduler.spawn(this, name, () -> {
            try {
                result.complete(what.get());
            } catch (Exception | AssertionError | LinkageError failed) {
                result.completeExceptionally(failed);
            }
        });
        return result;
    }

    /** How many of those who asked it for something still wait, though it lives. */
    long waiting() {
        return dead ? 0 : calls.stream().filter(call -> !call.isDone()).count();
    }

    /** What it was asked for has a result that comes later. */
    <T> CompletableFuture<T> ask(String name, Supplier<CompletableFuture<T>> what) {
        CompletableFuture<T> result = call(name, what).thenCompose(later -> later);
        calls.add(result);
        return result;
    }

    /** All its threads are gone. */
    void die() {
        dead = true;
        scheduler.kill(this);
        died.complete(null);
        calls.forEach(call -> call.completeExceptionally(new Killed()));
        calls.clear();
    }

    /** Everybody can see that it is gone. */
    static void forget(Host host) {
        host.graph.engine().crash();
    }

    @Override
    public String toString() {
        return "host" + id;
    }
}
