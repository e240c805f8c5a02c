package dev.clew.engine.housekeeping;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.Lease;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.Engine;
import dev.clew.engine.active.Activations;
import dev.clew.engine.cache.ResultCache;
import dev.clew.engine.follow.ThreadSignals;
import dev.clew.engine.format.Places;
import dev.clew.engine.queue.QueuedRequests;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Subjects;
import dev.clew.engine.work.StoredConfig;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.schedule.ScheduleRecord;
import dev.clew.state.ErasureReport;
import dev.clew.state.ThreadQuery;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Put;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Erases once what is stored about a subject. Each part finds by itself what is left, so that the next erasure ends what one that was
 * cut off has begun.
 *
 * <p>First what begins runs, then the runs, again and again until a look at all threads finds none: those that executed may have begun
 * children meanwhile.
 */
final class Erasure {
    private static final int PAGE = 1_000;

    private final Engine engine;
    private final Checkpointer store;
    private final Codec codec;
    private final String subject;
    private final Subjects subjects;
    private final Set<String> unreadable = new LinkedHashSet<>();

    private int threads;
    private int queued;

    Erasure(Engine engine, Checkpointer store, String subject) {
        this.engine = engine;
        this.store = store;
        this.codec = engine.settings().codec();
        this.subject = subject;
        this.subjects = new Subjects(new Checkpoints(store, codec));
    }

    ErasureReport erase() {
        int schedules = schedules();
        int found;
        do {
            found = queue() + threads();
        } while (found > 0);
        int documents = documents();
        ResultCache cache = engine.settings().cache();
        int cached = cache == null ? 0 : cache.erase(subject);
        store.scrub();
        return new ErasureReport(subject, threads, queued, schedules, documents, cached, List.copyOf(unreadable));
    }

    // --- what begins runs ---

    private int schedules() {
        int deleted = 0;
        for (ScheduleRecord schedule : store.schedules().list(null)) {
            Codec.Place place = new Codec.Place(Places.QUEUED_CONFIG + " of a schedule", schedule.name());
            boolean isMeant = isMeant(
                    "schedule '" + schedule.name() + "'",
                    () -> Optional.ofNullable(
                                    codec.decode(codec.reveal(schedule.run().config(), place), StoredConfig.TYPE))
                            .map(StoredConfig::subject));
            deleted += isMeant && store.schedules().delete(schedule.name()) ? 1 : 0;
        }
        return deleted;
    }

    private int queue() {
        QueuedRequests requests = new QueuedRequests(engine, store);
        int removed = 0;
        QueueQuery query = QueueQuery.all().limit(PAGE);
        List<RequestRow> page = store.queue().list(query);
        while (!page.isEmpty()) {
            for (RequestRow row : page) {
                String what = "request '" + row.request().requestId() + "' of thread '"
                        + row.request().threadId() + "'";
                if (isMeant(what, () -> requests.config(row.request()).subject())) {
                    removed += line(row.request().threadId());
                }
            }
            page = store.queue().list(query.after(page.get(page.size() - 1)));
        }
        queued += removed;
        return removed;
    }

    /** Removes all requests of a thread: it is about the subject, also if only one of them says so. One that was opened goes with its run. */
    private int line(String threadId) {
        RunQueue queue = store.queue();
        int removed = 0;
        for (RequestRow row : queue.list(QueueQuery.all().thread(threadId))) {
            String requestId = row.request().requestId();
            boolean unused = queue.end(threadId, requestId, RequestState.CANCELLED, null);
            removed += queue.remove(threadId, requestId) ? 1 : 0;
        }
        return removed;
    }

    // --- threads ---

    private int threads() {
        int deleted = 0;
        ThreadQuery query = ThreadQuery.all().limit(PAGE);
        List<ThreadRecord> page = store.threads(query);
        while (!page.isEmpty()) {
            for (ThreadRecord thread : page) {
                if (isMeant("thread '" + thread.threadId() + "'", () -> named(thread))) {
                    delete(thread);
                    deleted++;
                }
            }
            page = store.threads(query.after(page.get(page.size() - 1).threadId()));
        }
        threads += deleted;
        return deleted;
    }

    private Optional<String> named(ThreadRecord thread) {
        return subjects.checkpoints()
                .find(thread.threadId(), thread.head().checkpointId())
                .flatMap(newest -> subjects.named(thread.threadId(), newest));
    }

    private boolean isMeant(String what, Supplier<Optional<String>> named) {
        try {
            return named.get().filter(subject::equals).isPresent();
        } catch (CodecException | CheckpointException other) {
            unreadable.add(what + ": " + other.getMessage());
            return false;
        }
    }

    /** Its owner is asked to stop, and is shut out whether it does or not. */
    private void delete(ThreadRecord found) {
        String threadId = found.threadId();
        boolean unused = engine.claims()
                .changeThread(
                        store,
                        threadId,
                        "its erasure",
                        Optional.of(found),
                        row -> Optional.of(true)
                                .filter(gone -> row.map(this::deleted).orElse(true)));
        boolean unusedToo = store.delete(Deletion.thread(threadId, 0));
        queued += line(threadId);
        engine.signals().signal(threadId, ThreadSignals.Event.OVER);
    }

    /** False if the thread has to be read again. */
    private boolean deleted(ThreadRecord thread) {
        Lease lease = thread.lease();
        Activations.Running<?> here = engine.activations().of(thread.threadId());
        if (here != null) {
            boolean unused = here.session().cancel();
        } else if (lease != null && !lease.expired()) {
            boolean unused = store.requestCancel(thread.threadId(), thread.epoch());
        }
        return engine.claims()
                .takeOver(store, thread)
                .map(Claim::epoch)
                .filter(epoch -> store.delete(Deletion.thread(thread.threadId(), epoch)))
                .isPresent();
    }

    // --- beside the checkpointer ---

    private int documents() {
        Store documents = engine.settings().store();
        if (documents == null) {
            return 0;
        }
        int deleted = 0;
        for (Namespace namespace : engine.settings().subjectNamespaces().apply(subject)) {
            Search<Object> all = Search.in(namespace, Object.class).limit(PAGE).refresh(false);
            List<Hit<Object>> page = documents.search(all);
            while (!page.isEmpty()) {
                for (Hit<Object> hit : page) {
                    documents.batch(Put.delete(hit.item().namespace(), hit.key()));
                }
                deleted += page.size();
                page = documents.search(all);
            }
        }
        return deleted;
    }
}
