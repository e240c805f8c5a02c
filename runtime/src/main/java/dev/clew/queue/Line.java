package dev.clew.queue;

import dev.clew.state.ThreadStatus;
import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one thread, and the rules by which they move: the same for every store. A store reads the rows of a
 * thread, says what happens, and writes the rows that changed, all under whatever guards that thread there.
 *
 * <p>Not thread-safe. Nothing here reads a clock.
 *
 * <pre>{@code
 * Line line = Line.of(Occupancy.FREE, rows);
 * line.add(request, now);
 * line.changed().forEach(this::write);
 * }</pre>
 */
public final class Line {
    private static final Comparator<RequestRow> ORDER = Comparator.comparing(RequestRow::enqueuedAt)
            .thenComparing(row -> row.request().requestId());

    /** Whether a thread is owned. */
    public enum Owned {
        NOT,
        /** By an owner whose lease has not expired. */
        HELD,
        /** By an owner whose lease has expired. */
        EXPIRED
    }

    private final List<RequestRow> rows;
    private final Set<String> touched = new LinkedHashSet<>();
    private Occupancy thread;

    private Line(Occupancy thread, Collection<RequestRow> rows) {
        this.thread = thread;
        this.rows = new ArrayList<>(rows);
        this.rows.sort(ORDER);
    }

    /** The line of a thread. */
    public static Line of(Occupancy thread, Collection<RequestRow> rows) {
        return new Line(thread, rows);
    }

    /** The rows, the oldest first. */
    public List<RequestRow> rows() {
        return List.copyOf(rows);
    }

    /** The rows that changed. */
    public List<RequestRow> changed() {
        return rows.stream().filter(row -> touched.contains(id(row))).toList();
    }

    /** The ids of the requests that are not there any more. */
    public List<String> removed() {
        return touched.stream().filter(id -> find(id).isEmpty()).toList();
    }

    /** A request of the thread. */
    public Optional<RequestRow> find(String requestId) {
        return rows.stream().filter(row -> id(row).equals(requestId)).findFirst();
    }

    // --- what happens to requests ---

    /** Whether a request would have to wait. */
    public boolean isBusyFor(QueuedRun request) {
        return !canOpen(request)
                || rows.stream()
                        .anyMatch(
                                row -> !row.isOpened() && !row.state().isOver() && row.state() != RequestState.DELAYED);
    }

    /** Adds a request, which the line does not have. */
    public void add(QueuedRun request, Instant now) {
        boolean delayed = !request.delay().isZero();
        rows.add(new RequestRow(
                request,
                delayed ? RequestState.DELAYED : RequestState.WAITING,
                false,
                delayed ? now : place(now),
                delayed ? Spans.after(now, request.delay()) : null,
                null,
                0,
                null));
        touched.add(request.requestId());
        settle();
    }

    /** Reserves a request that is READY for an owner. */
    public void take(String requestId, String owner, Instant until) {
        change(requestId, row -> row.with(RequestState.TAKEN, owner, until).attempts(row.attempts() + 1));
    }

    /** Opens or continues a request that is reserved for this owner; false if it is not. */
    public boolean claim(String requestId, String owner) {
        Optional<RequestRow> reserved =
                find(requestId).filter(row -> row.state() == RequestState.TAKEN && owner.equals(row.owner()));
        reserved.ifPresent(row -> {
            change(
                    requestId,
                    taken -> taken.with(RequestState.TAKEN, owner, null).opened(true));
            thread = Occupancy.OCCUPIED;
            settle();
        });
        return reserved.isPresent();
    }

    /**
     * The thread was claimed for longer than one write, without a request. If its newest run has one, the owner has that: also
     * a request that no worker has opened, whose run a caller opened by its id.
     *
     * @param runId the newest run, after the claim's first write
     */
    public void claimedOtherwise(@Nullable String runId, String owner) {
        thread = Occupancy.OCCUPIED;
        if (runId != null) {
            find(runId)
                    .filter(row -> !row.state().isOver())
                    .ifPresent(row -> change(
                            runId,
                            one -> one.with(RequestState.TAKEN, owner, null).opened(true)));
        }
        settle();
    }

    /**
     * The thread was released. The request of its newest run follows that run; requests of older runs are over.
     *
     * @param runId the newest run
     * @param status its stored status
     * @param wakeAt when it is due by itself; null for never
     * @param isStored whether the thread has a run of this id; asked of opened requests and of the newest run. A run that
     *     was opened in EXIT mode is not stored before it rests
     */
    public void released(
            @Nullable String runId,
            ThreadStatus status,
            @Nullable Instant wakeAt,
            Predicate<String> isStored,
            Instant now) {
        thread = Occupancy.of(status, false);
        for (RequestRow row : rows()) {
            String id = id(row);
            boolean newest = id.equals(runId);
            if (row.isOpened()) {
                opened(row, newest, status, wakeAt, isStored, now);
            } else if (newest && !row.state().isOver() && isStored.test(id)) {
                // A caller opened it by its id, in EXIT mode. A worker that has a reservation finds that it is over.
                change(id, one -> one.with(RequestState.TAKEN, null, null).opened(true));
                follow(find(id).orElseThrow(), status, wakeAt, now);
            }
        }
        settle();
    }

    private void opened(
            RequestRow row,
            boolean newest,
            ThreadStatus status,
            @Nullable Instant wakeAt,
            Predicate<String> isStored,
            Instant now) {
        String id = id(row);
        if (newest) {
            follow(row, status, wakeAt, now);
        } else if (isStored.test(id)) {
            remove(id);
        } else {
            change(id, lost -> lost.with(RequestState.READY, null, null).opened(false));
        }
    }

    private void follow(RequestRow row, ThreadStatus status, @Nullable Instant wakeAt, Instant now) {
        String id = id(row);
        boolean rests = Occupancy.of(status, false) != Occupancy.OCCUPIED && status != ThreadStatus.INTERRUPTED;
        if (isReserved(row) && !rests) {
            // A worker is about to continue it, and does what is to be done.
            return;
        }
        switch (status) {
            case IDLE, FAILED, CANCELLED -> remove(id);
            case BLOCKED, STUCK -> change(id, one -> one.with(RequestState.HELD, null, null));
            case RUNNING, ANSWERED, CRASHED -> change(id, one -> one.with(RequestState.READY, null, null));
            case SLEEPING, INTERRUPTED -> {
                boolean due = wakeAt != null && !wakeAt.isAfter(now);
                change(id, one -> one.with(due ? RequestState.READY : RequestState.PARKED, null, due ? null : wakeAt));
            }
        }
    }

    /** Gives back what was taken and not opened. */
    public void giveBack(GiveBack back, Instant now) {
        Optional<RequestRow> taken = find(back.requestId())
                .filter(row -> isReserved(row) && back.owner().equals(row.owner()));
        if (taken.isEmpty()) {
            return;
        }
        int before = Math.max(0, taken.get().attempts() - 1);
        switch (back.reason()) {
            case THREAD_BUSY -> ready(back.requestId(), before, Spans.after(now, RunQueue.BUSY_PAUSE));
            case CLOSING -> ready(back.requestId(), before, null);
            case FAILED -> tryLater(taken.get(), now);
            case UNREADABLE ->
                change(
                        back.requestId(),
                        row -> row.with(RequestState.HELD, null, null).detail(back.detail()));
        }
        settle();
    }

    private void ready(String id, int attempts, @Nullable Instant notBefore) {
        change(id, row -> row.with(RequestState.READY, null, notBefore).attempts(attempts));
    }

    private void tryLater(RequestRow row, Instant now) {
        if (row.attempts() >= RunQueue.MAX_ATTEMPTS) {
            change(id(row), one -> one.with(RequestState.HELD, null, null));
        } else {
            ready(id(row), row.attempts(), Spans.after(now, Duration.ofSeconds(1L << row.attempts())));
        }
    }

    /** Ends a request that is not opened; false if there is none, or it is over. */
    public boolean end(String requestId, RequestState state, byte @Nullable [] detail, Instant now) {
        boolean open = find(requestId)
                .filter(row -> !row.isOpened() && !row.state().isOver())
                .isPresent();
        if (open) {
            change(
                    requestId,
                    row -> row.with(state, null, Spans.after(now, RunQueue.KEPT))
                            .detail(detail));
            settle();
        }
        return open;
    }

    /** Removes a request that is over; false if there is none, or it is not over. */
    public boolean removeEnded(String requestId) {
        boolean over = find(requestId).filter(row -> row.state().isOver()).isPresent();
        if (over) {
            remove(requestId);
        }
        return over;
    }

    /** The thread is deleted: what was opened goes with it, what was not is cancelled. */
    public void deleted(Instant now) {
        thread = Occupancy.FREE;
        for (RequestRow row : rows()) {
            if (row.isOpened()) {
                remove(id(row));
            } else {
                boolean unused = end(id(row), RequestState.CANCELLED, null, now);
            }
        }
    }

    /**
     * Moves what is due. An owner whose lease has expired does not occupy the thread: its run is recovered if it is stored, and
     * lost if not.
     *
     * @param owned whether the thread is owned
     * @param isStored as of {@link #released}
     */
    public void tend(Instant now, Owned owned, Predicate<String> isStored) {
        joinDue(now, isStored);
        for (RequestRow row : rows()) {
            boolean due = isDue(row, now);
            switch (row.state()) {
                case PARKED -> {
                    if (due && owned == Owned.NOT) {
                        change(id(row), one -> one.with(RequestState.READY, null, null));
                    }
                }
                case TAKEN -> {
                    if (isReserved(row) ? due : owned == Owned.EXPIRED) {
                        leave(row, isStored, now);
                    }
                }
                case REFUSED, CANCELLED -> {
                    if (due) {
                        remove(id(row));
                    }
                }
                case DELAYED, READY, WAITING, HELD -> {}
            }
        }
        settle();
    }

    /**
     * Lets delayed requests join that are due, in the order in which they are: a look may find several. One whose run is stored
     * was added by a transaction that did not see the run: it is over.
     */
    private void joinDue(Instant now, Predicate<String> isStored) {
        rows().stream()
                .filter(row -> row.state() == RequestState.DELAYED && isDue(row, now) && isStored.test(id(row)))
                .forEach(row -> remove(id(row)));
        rows().stream()
                .filter(row -> row.state() == RequestState.DELAYED && isDue(row, now))
                .sorted(Comparator.comparing(RequestRow::dueAt, Comparator.nullsFirst(Comparator.naturalOrder())))
                .forEach(row -> change(
                        id(row),
                        one -> one.with(RequestState.WAITING, null, null).joined(place(now))));
        rows.sort(ORDER);
    }

    private static boolean isDue(RequestRow row, Instant now) {
        return row.dueAt() != null && !row.dueAt().isAfter(now);
    }

    /** Whether a worker took it, and has not opened or continued its run yet. */
    private static boolean isReserved(RequestRow row) {
        return row.state() == RequestState.TAKEN && row.dueAt() != null;
    }

    private void leave(RequestRow row, Predicate<String> isStored, Instant now) {
        if (row.isOpened()) {
            boolean continues = isStored.test(id(row));
            change(id(row), one -> one.with(RequestState.READY, null, null).opened(continues));
        } else {
            tryLater(row, now);
        }
    }

    // --- which request is next ---

    /** Lets the first request that is not opened be READY if the thread can open it, and none behind it. */
    private void settle() {
        boolean passed = false;
        for (RequestRow row : rows()) {
            if (row.isOpened() || row.state().isOver() || row.state() == RequestState.DELAYED) {
                continue;
            }
            boolean mayBeNext = row.state() == RequestState.READY || row.state() == RequestState.WAITING;
            if (mayBeNext) {
                boolean next = !passed && canOpen(row.request());
                RequestState state = next ? RequestState.READY : RequestState.WAITING;
                if (row.state() != state) {
                    change(id(row), one -> one.with(state, null, one.dueAt()));
                }
            }
            passed = true;
        }
    }

    private boolean canOpen(QueuedRun request) {
        return thread == Occupancy.FREE || thread == Occupancy.PAUSED && request.abandons();
    }

    /** A place behind all others, now or a moment later. */
    private Instant place(Instant now) {
        return rows.stream()
                .filter(row -> row.state() != RequestState.DELAYED)
                .map(RequestRow::enqueuedAt)
                .max(Comparator.naturalOrder())
                .filter(last -> !last.isBefore(now))
                .map(last -> last.plusNanos(1))
                .orElse(now);
    }

    private void change(String requestId, UnaryOperator<RequestRow> change) {
        rows.replaceAll(row -> id(row).equals(requestId) ? change.apply(row) : row);
        touched.add(requestId);
    }

    private void remove(String requestId) {
        rows.removeIf(row -> id(row).equals(requestId));
        touched.add(requestId);
    }

    private static String id(RequestRow row) {
        return row.request().requestId();
    }
}
