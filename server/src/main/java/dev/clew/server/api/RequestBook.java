package dev.clew.server.api;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.index.RequestEnd;
import dev.clew.index.RequestRecord;
import dev.clew.schedule.Firing;
import dev.clew.server.catalog.Catalog;
import dev.clew.server.catalog.Served;
import dev.clew.server.feed.FeedRequests;
import dev.clew.server.view.Scalars;
import dev.clew.spi.RequestedWorkflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** The requests that clients made, of this server or another one of the same store. Thread-safe; holds nothing. */
public record RequestBook(Catalog catalog, Checkpointer store, Scalars scalars) implements FeedRequests {
    private static final int PAGE = 100;

    /** A request of a thread, or a run of this id that no client asked for. What was deleted is not found. */
    Optional<RunRequest> find(String threadId, String requestId) {
        Optional<RequestRecord> record = store.requests().find(threadId, requestId);
        return record.isPresent()
                ? record.flatMap(this::read)
                : store.run(threadId, requestId).flatMap(run -> ofRun(threadId, run));
    }

    /** The request of this id, whatever its thread. */
    Optional<RunRequest> find(String requestId) {
        return store.requests().find(requestId).flatMap(this::read);
    }

    /**
     * The requests of a thread that match, the newest first; and its newest run before them, if a cron enqueued it.
     */
    List<RunRequest> listAll(String threadId, Predicate<RunRequest> matches, int offset, int limit) {
        Optional<RunRequest> own = store.thread(threadId)
                .map(thread -> thread.head().runId())
                .filter(run -> Firing.schedule(run).isPresent())
                .flatMap(run -> store.run(threadId, run))
                .flatMap(run -> ofRun(threadId, run))
                .filter(matches);
        if (own.isEmpty() || limit == 0) {
            return list(threadId, matches, offset, limit);
        }
        List<RunRequest> all = new ArrayList<>();
        if (offset == 0) {
            all.add(own.get());
        }
        all.addAll(list(threadId, matches, Math.max(0, offset - 1), limit - all.size()));
        return all;
    }

    /** The requests of a thread that match, the newest first. */
    List<RunRequest> list(String threadId, Predicate<RunRequest> matches, int offset, int limit) {
        List<RunRequest> found = new ArrayList<>();
        int left = offset;
        for (int from = 0; found.size() < limit; from += PAGE) {
            List<RequestRecord> page = store.requests().list(threadId, from, PAGE);
            for (RequestRecord record : page) {
                Optional<RunRequest> request = read(record).filter(matches);
                if (request.isPresent() && found.size() < limit && left-- <= 0) {
                    found.add(request.get());
                }
            }
            if (page.size() < PAGE) {
                break;
            }
        }
        return found;
    }

    /**
     * Deletes what a client asked for, once it is over. What its run did to the thread stays, because later runs build on it.
     *
     * @return false if it is under way
     */
    boolean delete(RunRequest request) {
        return store.requests().erase(request.threadId(), request.requestId());
    }

    private Optional<RunRequest> read(RequestRecord record) {
        if (record.isErased()) {
            return Optional.empty();
        }
        return served(record.threadId(), record.runId())
                .flatMap(any -> RequestedWorkflow.of(any.workflow())
                        .requested(record.threadId(), record.requestId())
                        .map(requested -> {
                            RequestContent content = RequestContent.read(requested.content());
                            Served served = catalog.find(content.graphId()).orElse(any);
                            return new RunRequest(
                                    served,
                                    scalars,
                                    record.threadId(),
                                    record.requestId(),
                                    record.runId(),
                                    content,
                                    requested,
                                    record.createdAt());
                        }));
    }

    private Optional<RunRequest> ofRun(String threadId, RunRecord run) {
        return served(threadId, run.runId())
                .map(served -> new RunRequest(
                        served,
                        scalars,
                        threadId,
                        run.runId(),
                        run.runId(),
                        RequestContent.none(served),
                        null,
                        run.startedAt()));
    }

    /** Whose run it is: its thread's, or, if that never ran, that of its place in a queue. */
    private Optional<Served> served(String threadId, String runId) {
        return bound(threadId)
                .or(() -> store.queue()
                        .find(threadId, runId)
                        .map(row -> row.request().workflow()))
                // It was opened, and ended, between the two looks.
                .or(() -> bound(threadId))
                .flatMap(catalog::ofThread);
    }

    private Optional<String> bound(String threadId) {
        return store.thread(threadId).map(thread -> thread.workflow());
    }

    /** The requests of a run, in the order in which they were made. */
    private List<RequestRecord> allOfRun(String threadId, String runId) {
        Instant began = store.run(threadId, runId).map(RunRecord::startedAt).orElse(Instant.MAX);
        List<RequestRecord> all = new ArrayList<>();
        boolean isAll = false;
        for (int from = 0; !isAll; from += PAGE) {
            List<RequestRecord> page = store.requests().list(threadId, from, PAGE);
            for (RequestRecord record : page) {
                // Only the one that opened the run is older than it.
                isAll |= record.createdAt().isBefore(began);
                if (!isAll
                        && record.runId().equals(runId)
                        && !record.requestId().equals(runId)) {
                    all.add(record);
                }
            }
            isAll |= page.size() < PAGE;
        }
        store.requests().find(threadId, runId).ifPresent(all::add);
        Collections.reverse(all);
        return all;
    }

    @Override
    public List<String> ofRun(String threadId, String runId) {
        return allOfRun(threadId, runId).stream().map(RequestRecord::requestId).toList();
    }

    /** A run that never began has one request. */
    @Override
    public boolean isTaped(String threadId, String runId) {
        if (isTaped(store.requests().find(threadId, runId))) {
            return true;
        }
        return store.run(threadId, runId).isPresent()
                && allOfRun(threadId, runId).stream().anyMatch(record -> isTaped(Optional.of(record)));
    }

    private boolean isTaped(Optional<RequestRecord> record) {
        return record.flatMap(this::read)
                .filter(request -> request.content().taped())
                .isPresent();
    }

    /** How many entries the log of its run had when the request before it ended; 0 if it opened the run. */
    long startOf(RunRequest request) {
        return allOfRun(request.threadId(), request.runId()).stream()
                .takeWhile(record -> !record.requestId().equals(request.requestId()))
                .map(RequestRecord::end)
                .filter(Objects::nonNull)
                .mapToLong(RequestEnd::seq)
                .max()
                .orElse(0);
    }
}
