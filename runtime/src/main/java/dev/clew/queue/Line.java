package dev.clew.queue;

import dev.clew.state.ThreadStatus;
import dev.clew.value.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
 * Line line = Line.of(LineThread.NONE, rows);
 * line.add(request, now);
 * line.changed().forEach(this::write);
 * }</pre>
 */
public final class Line {
    private final LineRows rows;
    private LineThread thread;
    private boolean cancelsRun;

    private Line(LineThread thread, Collection<RequestRow> rows) {
        this.thread = thread;
        this.rows = new LineRows(rows);
    }

    /** The line of a thread. */
    public static Line of(LineThread thread, Collection<RequestRow> rows) {
        return new Line(thread, rows);
    }

    /** The rows, the oldest first. */
    public List<RequestRow> rows() {
        return rows.all();
    }

    /** The rows that changed. */
    public List<RequestRow> changed() {
        return rows.changed();
    }

    /** The ids of the requests that are not there any more. */
    public List<String> removed() {
        return rows.removed();
    }

    /** Whether the store has to note that the thread's run is asked to end, whether the thread is owned or not. */
    public boolean cancelsRun() {
        return cancelsRun;
    }

    /** A request of the thread. */
    public Optional<RequestRow> find(String requestId) {
        return rows.find(requestId);
    }

    // --- what happens to requests ---

    /** Adds a request, unless the line, or the thread, knows one of its id. */
    public Enqueued enqueue(QueuedRun request, WhenOccupied occupied, Instant now) {
        if (find(request.requestId()).isPresent()) {
            return Enqueued.KNOWN;
        }
        switch (occupied) {
            case WAIT -> add(request, null, now);
            case REFUSE -> {
                if (isBusyFor(request)) {
                    return Enqueued.BUSY;
                }
                add(request, null, now);
            }
            case INTERRUPT -> {
                String unused = cancelOlder(now);
                add(request, null, now);
            }
            case ROLLBACK -> add(request, cancelOlder(now), now);
        }
        return Enqueued.ADDED;
    }

    private boolean isBusyFor(QueuedRun request) {
        return !canOpen(request) || rows().stream().anyMatch(row -> !row.isOpened() && isInLine(row));
    }

    private static boolean isInLine(RequestRow row) {
        return !row.state().isOver() && row.state() != RequestState.DELAYED;
    }

    /** Cancels what is in the line, and the thread's run. Returns that run, as far as it is known. */
    private @Nullable String cancelOlder(Instant now) {
        String running = thread.isBusy() ? thread.runId() : null;
        for (RequestRow row : rows()) {
            if (!isInLine(row)) {
                continue;
            }
            if (row.isOpened()) {
                change(id(row), RequestRow::cancelled);
                running = row.isExecuted() ? id(row) : running;
            } else {
                over(id(row), RequestState.CANCELLED, null, now);
            }
        }
        if (thread.isBusy()) {
            cancelsRun = true;
            thread = thread.cancelled();
        }
        return running;
    }

    private void add(QueuedRun request, @Nullable String rollsBack, Instant now) {
        boolean delayed = !request.delay().isZero();
        rows.add(new RequestRow(
                request,
                delayed ? RequestState.DELAYED : RequestState.WAITING,
                false,
                delayed ? now : rows.place(now),
                delayed ? Spans.after(now, request.delay()) : null,
                null,
                0,
                0,
                false,
                rollsBack,
                RequestDeployments.NONE.writtenBy(request.deployment()),
                null));
        settle();
    }

    /** Reserves a request that is READY for an owner. */
    public void take(String requestId, String owner, Instant until) {
        change(requestId, row -> row.with(RequestState.TAKEN, owner, until).counted(row.attempts() + 1, row.losses()));
    }

    /**
     * Opens or continues a request that is reserved for this owner; false if it is not.
     *
     * @param deployment the owner's; null for one without a name
     */
    public boolean claim(String requestId, String owner, @Nullable String deployment) {
        Optional<RequestRow> reserved =
                find(requestId).filter(row -> row.state() == RequestState.TAKEN && owner.equals(row.owner()));
        reserved.ifPresent(row -> {
            execute(row, owner, deployment);
            thread = LineThread.OWNED;
            settle();
        });
        return reserved.isPresent();
    }

    private void execute(RequestRow row, String owner, @Nullable String deployment) {
        change(
                id(row),
                one -> one.with(RequestState.TAKEN, owner, null)
                        .opened(true)
                        .had(one.deployments().writtenBy(deployment)));
    }

    /**
     * The thread was claimed for longer than one write, without a request. If its newest run has one, the owner has that: also
     * a request that no worker has opened, whose run a caller opened by its id.
     *
     * @param runId the newest run, after the claim's first write
     * @param deployment the owner's; null for one without a name
     */
    public void claimedOtherwise(@Nullable String runId, String owner, @Nullable String deployment) {
        thread = LineThread.OWNED;
        if (runId != null) {
            find(runId).filter(row -> !row.state().isOver()).ifPresent(row -> execute(row, owner, deployment));
        }
        settle();
    }

    /** Whether a request of this id waits to be opened, so that nothing else may open a run of this id. */
    public boolean waits(String requestId) {
        return find(requestId)
                .filter(row -> !row.isOpened() && !row.state().isOver())
                .isPresent();
    }

    /**
     * The thread was released. The request of its newest run follows that run; requests of older runs are over.
     *
     * @param after the thread as it is now, without an owner
     * @param by the owner that released it: if another one had a run, that one has vanished
     * @param isStored whether the thread has a run of this id; asked of opened requests and of the newest run. A run that
     *     was opened in EXIT mode is not stored before it rests
     */
    public void released(LineThread after, String by, Predicate<String> isStored, Instant now) {
        thread = after;
        for (RequestRow row : rows()) {
            String id = id(row);
            if (row.isOpened()) {
                boolean vanished = row.isExecuted() && !by.equals(row.owner());
                leave(vanished ? lost(row) : row, vanished, isStored, now);
            } else if (id.equals(after.runId()) && !row.state().isOver() && isStored.test(id)) {
                // A caller opened it by its id, in EXIT mode. A worker that has a reservation finds that it is over.
                change(id, one -> one.with(RequestState.TAKEN, null, null).opened(true));
                follow(find(id).orElseThrow(), now);
            }
        }
        settle();
    }

    private static RequestRow lost(RequestRow row) {
        return row.counted(row.attempts(), row.losses() + 1);
    }

    /** An owner left an opened request: it follows its run, or it is as if it had not been opened. */
    private void leave(RequestRow row, boolean vanished, Predicate<String> isStored, Instant now) {
        String id = id(row);
        if (vanished) {
            change(id, one -> one.counted(row.attempts(), row.losses()));
        }
        if (id.equals(thread.runId())) {
            follow(row, now);
            if (!vanished && row.isExecuted() && isPaused()) {
                change(id, one -> one.counted(one.attempts(), 0));
            }
        } else if (isStored.test(id)) {
            remove(id);
        } else if (row.isCancelled()) {
            change(id, one -> one.opened(false));
            over(id, RequestState.CANCELLED, null, now);
        } else if (row.losses() >= RunQueue.MAX_ATTEMPTS) {
            change(id, one -> one.with(RequestState.HELD, null, null).opened(false));
        } else {
            change(id, one -> one.with(RequestState.READY, null, null).opened(false));
        }
        if (vanished) {
            pause(id, now);
        }
    }

    /** What was lost is not taken at once: it may be what ends its owners. */
    private void pause(String id, Instant now) {
        find(id).filter(row -> row.state() == RequestState.READY)
                .ifPresent(row ->
                        change(id, one -> one.with(RequestState.READY, null, Spans.after(now, backoff(row.losses())))));
    }

    private static Duration backoff(int tries) {
        return Duration.ofSeconds(1L << Math.min(tries, 6));
    }

    private void follow(RequestRow row, Instant now) {
        String id = id(row);
        boolean rests = Occupancy.of(thread.status(), false) != Occupancy.OCCUPIED
                && thread.status() != ThreadStatus.INTERRUPTED;
        if (row.isReserved() && !rests) {
            // A worker is about to continue it, and does what is to be done.
            return;
        }
        switch (thread.status()) {
            case IDLE, FAILED, CANCELLED, UNDONE -> remove(id);
            case BLOCKED, STUCK -> change(id, one -> one.with(RequestState.HELD, null, null));
            case RUNNING, UNDOING, ANSWERED, CRASHED -> change(id, one -> one.with(RequestState.READY, null, null));
            case SLEEPING, INTERRUPTED -> rest(id, now);
        }
    }

    private void rest(String id, Instant now) {
        boolean parked = thread.isParked(now);
        RequestState state = parked ? RequestState.PARKED : RequestState.READY;
        change(id, one -> one.with(state, null, parked ? thread.wakeAt() : null));
    }

    private boolean isPaused() {
        return thread.status() == ThreadStatus.SLEEPING || thread.status() == ThreadStatus.INTERRUPTED;
    }

    /** Gives back what was taken and not opened. */
    public void giveBack(GiveBack back, Instant now) {
        RequestRow row = find(back.requestId())
                .filter(one -> one.state() == RequestState.TAKEN && back.owner().equals(one.owner()))
                .orElse(null);
        if (row == null) {
            return;
        }
        boolean excludes = back.reason() == GiveBack.Reason.NOT_THIS_DEPLOYMENT && back.deployment() != null;
        if (excludes) {
            Instant until = Spans.after(now, RunQueue.EXCLUDED);
            change(id(row), one -> one.had(one.deployments().without(String.valueOf(back.deployment()), until)));
        }
        if (!row.isReserved()) {
            return;
        }
        int before = Math.max(0, row.attempts() - 1);
        switch (back.reason()) {
            case THREAD_BUSY, STORAGE -> ready(id(row), before, Spans.after(now, RunQueue.BUSY_PAUSE));
            case CLOSING, NOT_THIS_DEPLOYMENT -> ready(id(row), before, null);
            case FAILED, VANISHED -> tryLater(row, now);
            case UNREADABLE ->
                change(id(row), one -> one.with(RequestState.HELD, null, null).detail(back.detail()));
        }
        boolean isParked = row.isOpened() && id(row).equals(thread.runId()) && thread.isParked(now);
        if (isParked && thread.owned() != LineThread.Owned.HELD && back.reason() != GiveBack.Reason.UNREADABLE) {
            // Nothing of its run is due: a worker could only give it back again.
            change(id(row), one -> one.with(RequestState.PARKED, null, thread.wakeAt()));
        }
        settle();
    }

    private void ready(String id, int attempts, @Nullable Instant notBefore) {
        change(id, row -> row.with(RequestState.READY, null, notBefore).counted(attempts, row.losses()));
    }

    private void tryLater(RequestRow row, Instant now) {
        if (row.attempts() >= RunQueue.MAX_ATTEMPTS) {
            change(id(row), one -> one.with(RequestState.HELD, null, null));
        } else {
            ready(id(row), row.attempts(), Spans.after(now, backoff(row.attempts())));
        }
    }

    /** Lets a held request be taken again; false if there is none, or if its run is what holds it. */
    public boolean retry(String requestId) {
        boolean needsMore = thread.status() == ThreadStatus.BLOCKED || thread.status() == ThreadStatus.STUCK;
        boolean held = find(requestId)
                .filter(row -> row.state() == RequestState.HELD && !(row.isOpened() && needsMore))
                .isPresent();
        if (held) {
            change(
                    requestId,
                    row -> row.with(row.isOpened() ? RequestState.READY : RequestState.WAITING, null, null)
                            .counted(0, 0)
                            .had(row.deployments().all())
                            .detail(null));
            settle();
        }
        return held;
    }

    /** Ends a request that is not opened; false if there is none, or it is over. */
    public boolean end(String requestId, RequestState state, byte @Nullable [] detail, Instant now) {
        boolean open = waits(requestId);
        if (open) {
            over(requestId, state, detail, now);
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

    private void over(String requestId, RequestState state, byte @Nullable [] detail, Instant now) {
        change(
                requestId,
                row -> row.with(state, null, Spans.after(now, RunQueue.KEPT)).detail(detail));
    }

    /** The thread is deleted: what was opened goes with it, what was not is cancelled. */
    public void deleted(Instant now) {
        thread = LineThread.NONE;
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
     * @param isStored as of {@link #released}
     */
    public void tend(Instant now, Predicate<String> isStored) {
        joinDue(now, isStored);
        for (RequestRow row : rows()) {
            boolean due = isDue(row, now);
            switch (row.state()) {
                case PARKED -> {
                    if (due && thread.owned() == LineThread.Owned.NOT) {
                        change(id(row), one -> one.with(RequestState.READY, null, null));
                    }
                }
                case TAKEN -> {
                    if (row.isReserved() && due) {
                        tryLater(row, now);
                    } else if (row.isExecuted() && thread.owned() == LineThread.Owned.EXPIRED) {
                        leave(lost(row), true, isStored, now);
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
                        one -> one.with(RequestState.WAITING, null, null).joined(rows.place(now))));
        rows.sort();
    }

    private static boolean isDue(RequestRow row, Instant now) {
        return row.dueAt() != null && !row.dueAt().isAfter(now);
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
        Occupancy occupancy = thread.occupancy();
        return occupancy == Occupancy.FREE || occupancy == Occupancy.PAUSED && request.abandons();
    }

    private void change(String requestId, UnaryOperator<RequestRow> change) {
        rows.change(requestId, change);
    }

    private void remove(String requestId) {
        rows.remove(requestId);
    }

    private static String id(RequestRow row) {
        return row.request().requestId();
    }
}
