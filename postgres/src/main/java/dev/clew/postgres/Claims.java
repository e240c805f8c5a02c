package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.RunRecord;
import dev.clew.value.Spans;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes claims, many in one statement. An epoch is the server's clock in microseconds, or one more than the epoch before: so a
 * thread that takes the name of a deleted one, and a server that lost the newest claims, gives none twice.
 */
final class Claims {
    /** Whether no request waits for a run of the id that a caller opens. EXISTS might read the whole table. */
    private static final String NONE_WAITS = "coalesce((SELECT false FROM {s}.request q WHERE q.thread_id = e.id"
            + " AND q.id = e.opens AND NOT q.opened AND q.state NOT IN ('REFUSED', 'CANCELLED')), true)";

    /** Whether the request that the claim names, if it names one, is reserved for its owner. */
    private static final String RESERVED =
            "(e.request IS NULL OR coalesce((SELECT q.state = 'TAKEN' AND q.owner = e.owner"
                    + " FROM {s}.request q WHERE q.thread_id = e.id AND q.id = e.request), false))";

    private static final String TAKE =
            "WITH " + StoreTime.NOW + """
            , c AS MATERIALIZED (
                SELECT e.id, e.owner, e.workflow, e.lease
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) e(id, epoch, owner, workflow, lease, take_over, opens, request)
                CROSS JOIN LATERAL (
                    SELECT 1 FROM {s}.thread t
                    WHERE t.id = e.id AND t.epoch = e.epoch
                        AND (t.owned_until IS NULL OR t.owned_until <= (SELECT now FROM n) OR e.take_over)
                        AND""" + " " + NONE_WAITS + " AND " + RESERVED + " FOR UPDATE";

    private static final String TAKEN = """
            ) t)
            UPDATE {s}.thread t SET
                epoch = greatest(t.epoch + 1, {s}.now_ns() / 1000), owner = c.owner, workflow = c.workflow,
                owned_since = n.now, owned_until = n.now + least(c.lease, 9223372036854775807 - n.now), updated_at = n.now
            FROM c CROSS JOIN n WHERE t.id = c.id
            RETURNING t.id, t.epoch, t.last_run""";

    private static final String CREATE = "WITH " + StoreTime.NOW + """
             INSERT INTO {s}.thread (id, workflow, status, run_id, checkpoint_id, wake_at, stalls, runs, last_run, epoch,
                owner, owned_since, owned_until, cancel, created_at, updated_at)
            SELECT e.id, e.workflow, e.status, e.run_id, e.checkpoint_id, e.wake_at, e.stalls, e.runs, e.last_run,
                {s}.now_ns() / 1000, e.owner, n.now, n.now + least(e.lease, 9223372036854775807 - n.now), false, n.now,
                n.now
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) e(id, workflow, owner, lease, status, run_id, checkpoint_id,
                wake_at, stalls, runs, last_run, opens) CROSS JOIN n
            WHERE""" + " " + NONE_WAITS + """
             ON CONFLICT (id) DO NOTHING
            RETURNING id, epoch, last_run""";

    private static final String EXISTS = "SELECT 1 FROM {s}.thread WHERE id = ?";

    /** The locks of rows that this waits for, before it has the locks of lines. */
    private static final String WAIT = """
            SELECT 1 FROM unnest(?) e(id)
            CROSS JOIN LATERAL (SELECT 1 FROM {s}.thread t WHERE t.id = e.id FOR UPDATE) t""";

    private static final String DELETE = "DELETE FROM {s}.thread WHERE id = ANY (?)";

    private final Session session;
    private final List<Request> requests;
    private final StoreTime time;
    private final boolean waits;

    /**
     * Claims of one batch.
     *
     * @param requests for different threads, and sorted
     * @param waits whether they wait for the locks of others
     */
    Claims(Session session, List<Request> requests, StoreTime time, boolean waits) {
        this.session = session;
        this.requests = requests;
        this.time = time;
        this.waits = waits;
    }

    private record Made(String threadId, long epoch, int lastRun) {}

    /**
     * What became of claims.
     *
     * @param holdings what is held of the threads that were claimed, by their ids
     * @param requests how many requests the locked lines have, by their threads; 2 stands for more as well
     */
    record Result(Map<String, Holding> holdings, Map<String, Integer> requests) {
        static final Result NONE = new Result(Map.of(), Map.of());
    }

    /**
     * Makes the claims, and locks lines, by one message. What names a request that is not reserved for it is left out.
     *
     * @param moving the threads whose lines are locked
     * @param row is locked, too: the batch is going to mark it
     */
    Result make(List<String> moving, WriterRow row) throws SQLException {
        List<ClaimRequest> known = new ArrayList<>();
        List<Request> created = new ArrayList<>();
        Map<String, ClaimRequest> queued = new HashMap<>();
        for (Request request : requests) {
            ClaimRequest wanted = wanted(request);
            if (wanted.request() != null) {
                queued.put(wanted.threadId(), wanted);
            }
            if (wanted.expectedEpoch() != 0) {
                known.add(wanted);
            } else if (hasHead(session, request)) {
                created.add(request);
            }
        }
        Message message = new Message();
        if (waits) {
            message.add(WAIT, Column.texts(moving));
        }
        List<Made> made = created.isEmpty() ? List.of() : create(message, created, time);
        List<Long> marked = row.lock(message);
        List<QueueLines.Found> found = QueueLines.lockAndFind(message, moving, queued);
        List<Made> taken = known.isEmpty() ? List.of() : take(message, known, time, waits);
        message.send(session);
        row.requireKnown(marked);
        Map<String, Holding> holdings = new HashMap<>();
        known.forEach(wanted -> hold(holdings, taken, wanted, false));
        created.forEach(request -> hold(holdings, made, wanted(request), true));
        Map<String, Integer> counts = new HashMap<>();
        for (QueueLines.Found line : found) {
            counts.put(line.threadId(), line.requests());
            if (line.isReserved()) {
                queued.remove(line.threadId());
            }
        }
        removeUnreserved(created, queued.keySet(), holdings);
        return new Result(holdings, counts);
    }

    /**
     * A thread that was made for a request which has gone is not there. Whether a known thread is claimed for its request, the claim's
     * own statement says: the request may have been reserved since it was looked for.
     */
    private void removeUnreserved(List<Request> created, Set<String> unreserved, Map<String, Holding> holdings)
            throws SQLException {
        List<String> without = created.stream()
                .map(request -> wanted(request).threadId())
                .filter(unreserved::contains)
                .filter(id -> holdings.remove(id) != null)
                .toList();
        if (!without.isEmpty()) {
            session.update(DELETE, Column.texts(without));
        }
    }

    private static ClaimRequest wanted(Request request) {
        if (request.wanted() == null) {
            throw new IllegalArgumentException("a write is no claim");
        }
        return request.wanted();
    }

    private static void hold(Map<String, Holding> holdings, List<Made> made, ClaimRequest wanted, boolean whole) {
        for (Made each : made) {
            if (each.threadId().equals(wanted.threadId())) {
                Claim claim = new Claim(wanted.threadId(), wanted.owner(), each.epoch());
                // The first run of a new thread gets its number as its row is written.
                Holding holding = new Holding(claim, whole ? 0 : each.lastRun(), whole);
                holding.queued = wanted.request() != null;
                holdings.put(wanted.threadId(), holding);
            }
        }
    }

    /** A thread that is made needs a head; where there is one already, the claim is refused like any other. */
    private static boolean hasHead(Session session, Request request) throws SQLException {
        if (request.write().head() != null) {
            return true;
        }
        if (session.first(EXISTS, row -> 1, request.threadId()).isEmpty()) {
            throw new RefusedException(
                    request,
                    new CheckpointException("the first write of new thread '" + request.threadId() + "' has no head"));
        }
        return false;
    }

    private static List<Made> take(Message message, List<ClaimRequest> known, StoreTime time, boolean waits) {
        List<@Nullable String> requests = new ArrayList<>();
        known.forEach(wanted -> requests.add(wanted.request()));
        return message.read(
                Claims::read,
                waits ? TAKE + TAKEN : TAKE + " SKIP LOCKED" + TAKEN,
                time.argument(),
                Column.texts(known.stream().map(ClaimRequest::threadId).toList()),
                Column.longs(known.stream().map(ClaimRequest::expectedEpoch).toList()),
                Column.texts(known.stream().map(ClaimRequest::owner).toList()),
                Column.texts(known.stream().map(ClaimRequest::workflow).toList()),
                Column.longs(known.stream()
                        .map(wanted -> Spans.nanos(wanted.lease()))
                        .toList()),
                Column.flags(known.stream().map(ClaimRequest::takeOver).toList()),
                opens(known),
                Column.texts(requests));
    }

    private static List<Made> create(Message message, List<Request> created, StoreTime time) {
        List<ClaimRequest> wanted = created.stream().map(Claims::wanted).toList();
        List<@Nullable String> runIds = new ArrayList<>();
        List<@Nullable Long> wakeAts = new ArrayList<>();
        List<Head> heads = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (Request request : created) {
            Head head = request.write().head();
            if (head != null) {
                heads.add(head);
                runIds.add(head.runId());
                wakeAts.add(Moments.storedOrNull(head.dueAt()));
            }
            RunRecord run = request.write().run();
            numbers.add(run == null ? 0 : run.number());
        }
        List<Made> made = message.read(
                Claims::read,
                CREATE,
                time.argument(),
                Column.texts(wanted.stream().map(ClaimRequest::threadId).toList()),
                Column.texts(wanted.stream().map(ClaimRequest::workflow).toList()),
                Column.texts(wanted.stream().map(ClaimRequest::owner).toList()),
                Column.longs(
                        wanted.stream().map(each -> Spans.nanos(each.lease())).toList()),
                Column.texts(heads.stream().map(head -> head.status().name()).toList()),
                Column.texts(runIds),
                Column.texts(heads.stream().map(Head::checkpointId).toList()),
                Column.longs(wakeAts),
                Column.ints(heads.stream().map(Head::stalls).toList()),
                Column.ints(numbers),
                Column.ints(created.stream()
                        .map(request -> request.write().run() == null ? 0 : 1)
                        .toList()),
                opens(wanted));
        message.add(
                IndexRows.BORN,
                Column.texts(wanted.stream().map(ClaimRequest::threadId).toList()));
        return made;
    }

    private static Column opens(List<ClaimRequest> wanted) {
        List<@Nullable String> ids = new ArrayList<>();
        wanted.forEach(each -> ids.add(each.opens()));
        return Column.texts(ids);
    }

    private static Made read(ResultSet row) throws SQLException {
        return new Made(Texts.read(row.getString("id")), row.getLong("epoch"), row.getInt("last_run"));
    }
}
