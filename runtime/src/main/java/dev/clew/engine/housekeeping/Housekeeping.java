package dev.clew.engine.housekeeping;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.Engine;
import dev.clew.engine.cache.ResultCache;
import dev.clew.engine.edit.CopiedForm;
import dev.clew.engine.edit.ThreadCopy;
import dev.clew.engine.stored.Listing;
import dev.clew.engine.stored.Pruning;
import dev.clew.engine.stored.ThreadDeletion;
import dev.clew.engine.world.Time;
import dev.clew.flow.Recovery;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.Retention;
import dev.clew.spi.TaskSpec;
import dev.clew.state.ErasureReport;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is done to threads that no run is about: they are listed, copied, removed, and recovered. Thread-safe. */
public final class Housekeeping {
    private final Engine engine;

    public Housekeeping(Engine engine) {
        this.engine = engine;
    }

    public List<ThreadSummary> threads(ThreadQuery query) {
        return new Listing(engine.claims(), engine.requireStore("threads"))
                .list(query).stream().<ThreadSummary>map(ListedThread::new).toList();
    }

    public void deleteThread(String threadId) {
        new ThreadDeletion(engine.requireStore("deleteThread"), engine.claims()).delete(threadId);
    }

    public ErasureReport erase(String subject) {
        engine.requireOpen();
        return new Erasure(engine, engine.requireStore("erase"), subject).erase();
    }

    /** Drops what is cached of one task, or where the name is null, of all. */
    public void clearCache(@Nullable String task) {
        List<? extends TaskSpec<?>> cached =
                ResultCache.cachedTasks(engine.workflows().specs());
        List<? extends TaskSpec<?>> cleared = task == null ? cached : ResultCache.named(task, cached);
        ResultCache cache = engine.settings().cache();
        if (cache != null) {
            cache.clear(cleared);
        }
    }

    public void copyThread(String from, String to) {
        engine.requireOpen();
        Checkpointer store = engine.requireStore("copyThread");
        new ThreadCopy(
                        new ThreadCopy.Place(engine.claims(), store, from),
                        new ThreadCopy.Place(engine.claims(), store, to),
                        new CopiedForm.OtherId(store, engine.settings().codec(), from, to))
                .make();
    }

    public int keepLast(String threadId, int runs) {
        return Pruning.keepLast(engine.requireStore("keepLast"), engine.claims(), runs)
                .applyTo(threadId);
    }

    public int keepLast(int runs) {
        return Pruning.keepLast(engine.requireStore("keepLast"), engine.claims(), runs)
                .applyToAll(engine.workflows().names());
    }

    public int deleteOlderThan(Instant moment) {
        return Pruning.keepSince(engine.requireStore("deleteOlderThan"), engine.claims(), moment)
                .applyToAll(engine.workflows().names());
    }

    /** One sweep over this graph's engine.workflows(). */
    public Recovery recover() {
        return recover(new HashSet<>());
    }

    /** Recovers again and again, until the engine is closed. Each unknown workflow is reported once. */
    public void recoverEvery(Duration pause) {
        engine.requireStore("recoverEvery");
        Set<String> reported = ConcurrentHashMap.newKeySet();
        new Repeated(engine, "recoverEvery", pause, () -> sweep(reported)).begin();
    }

    private Recovery recover(Set<String> reported) {
        engine.requireOpen();
        if (!engine.settings().executes()) {
            throw new RequestRefusedException(
                    "a client executes nothing, so it recovers nothing: call recover() of a graph that has the workflows' code");
        }
        Recovery found = new Sweep(engine, engine.requireStore("recover")).recover();
        engine.deletions().delete();
        found.unknown().stream()
                .collect(Collectors.groupingBy(ThreadSummary::workflow, TreeMap::new, Collectors.toList()))
                .forEach((workflow, threads) -> {
                    if (reported.add(workflow)) {
                        LOG.warn(
                                "recover() left {} unfinished thread(s) of workflow '{}' alone, for example thread '{}', because"
                                        + " this graph has no workflow of that name; run the graph that has it, or, if the"
                                        + " workflow was renamed, list its old name in @Entrypoint(formerly = …)",
                                threads.size(),
                                workflow,
                                threads.get(0).threadId());
                    }
                });
        return found;
    }

    private void sweep(Set<String> reported) {
        Recovery found = recover(reported);
        LOG.debug(
                "{} runs go on; {} have unknown workflows",
                found.runs().size(),
                found.unknown().size());
    }

    /** Removes what the policy does not keep, again and again, until the engine is closed. */
    public void retainEvery(Duration pause, Retention policy) {
        Checkpointer store = engine.requireStore("retainEvery");
        new Repeated(engine, "retainEvery", pause, () -> {
                    engine.settings().time().synchronize();
                    Instant now = Time.toInstant(engine.settings().time().micros());
                    int removed = Pruning.keep(store, engine.claims(), policy, now)
                            .applyToAll(engine.workflows().names());
                    LOG.debug("{} old runs were removed", removed);
                })
                .begin();
    }
}
