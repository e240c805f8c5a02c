package dev.clew.postgres;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Commits;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.postgres.Holding.Place;
import dev.clew.postgres.Unit.LineChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests of different threads, or of one claim of a thread one after the other, that are stored by one transaction. What a
 * batch learns and decides is its own until it is stored.
 */
final class Batch {
    private static final String PLACES = """
            SELECT e.id, e.run, t.last_run, coalesce(r.no, 0) AS no,
                coalesce((
                    SELECT l.seq + 1 FROM {s}.log l WHERE l.thread_id = e.id AND l.run_no = r.no
                    ORDER BY l.seq DESC LIMIT 1), 0) AS next
            FROM unnest(?, ?) e(id, run)
            CROSS JOIN LATERAL (SELECT t.last_run FROM {s}.thread t WHERE t.id = e.id) t
            LEFT JOIN LATERAL (SELECT r.no FROM {s}.run r WHERE r.thread_id = e.id AND r.id = e.run) r ON true""";

    private static final String HOLDS = "SELECT 1 FROM {s}.thread WHERE id = ? AND epoch = ? AND owner = ?";

    private final List<Request> claims = new ArrayList<>();
    private final List<Request> writes = new ArrayList<>();
    private final StoreTime time;

    /** By thread; sorted, so that no two batches lock in a circle. */
    private final TreeMap<String, Unit> units = new TreeMap<>();

    /** Copies of what the writer knows, and what was claimed or read since. */
    private final Map<String, Holding> holdings = new HashMap<>();

    /** How many requests the lines have that were locked before it was written. */
    private Map<String, Integer> inLine = Map.of();

    private Set<String> ready = Set.of();

    Batch(List<Request> requests, Holdings known, StoreTime time) {
        this.time = time;
        for (Request request : requests) {
            (request.claim() == null ? claims : writes).add(request);
            Holding holding = request.claim() == null ? null : known.of(request.claim());
            if (holding != null) {
                holdings.put(request.threadId(), holding.copy());
            }
        }
        claims.sort(Comparator.comparing(Request::threadId));
    }

    /**
     * Gives the requests that one batch may have: of each thread one claim, or writes of one claim that is not released between
     * them.
     *
     * @param later gets the others, in their order
     */
    static List<Request> first(List<Request> requests, List<Request> later) {
        List<Request> now = new ArrayList<>();
        Map<String, Request> newest = new HashMap<>();
        Set<String> blocked = new HashSet<>();
        for (Request request : requests) {
            String threadId = request.threadId();
            if (!blocked.contains(threadId) && mayFollow(newest.get(threadId), request)) {
                newest.put(threadId, request);
                now.add(request);
            } else {
                blocked.add(threadId);
                later.add(request);
            }
        }
        return now;
    }

    private static boolean mayFollow(@Nullable Request before, Request request) {
        return before == null
                || before.claim() != null
                        && before.claim().equals(request.claim())
                        && !before.write().release();
    }

    /**
     * Whether lines of requests move, or are to be looked at. A release of a thread whose run was not enqueued, or is over, only
     * makes sure that its line has nothing else; if it has, it is done again alone.
     */
    boolean movesLines(boolean waits) {
        return hasClaims()
                || writes.stream()
                        .filter(request -> request.write().release())
                        .anyMatch(request -> waits
                                || !leavesLine(
                                        request.threadId(), request.write().head()));
    }

    private boolean leavesLine(String threadId, @Nullable Head head) {
        Holding holding = holdings.get(threadId);
        return holding == null || !holding.queued || LineClauses.isOver(head);
    }

    /** The threads whose lines are locked: those that are claimed or released. */
    List<String> moving() {
        List<String> threads = new ArrayList<>();
        claims.forEach(claim -> threads.add(claim.threadId()));
        writes.stream()
                .filter(request -> request.write().release())
                .forEach(request -> threads.add(request.threadId()));
        return threads;
    }

    boolean hasClaims() {
        return !claims.isEmpty();
    }

    boolean isDurable() {
        return hasClaims() || writes.stream().anyMatch(Request::durable);
    }

    List<Unit> units() {
        return List.copyOf(units.values());
    }

    /** What it counts for, where these threads' claims held. */
    Commits commits(Set<String> held) {
        int stored = units.values().stream()
                .filter(unit -> held.contains(unit.threadId()))
                .mapToInt(unit -> unit.requests.size())
                .sum();
        return stored == 0 ? Commits.NONE : new Commits(1, stored);
    }

    /** Whether the rows of the log prove that the batch was stored. */
    boolean isProvenByLog() {
        return claims.isEmpty() && units.values().stream().allMatch(Unit::isLogOnly);
    }

    /** The requests for claims that were not made. */
    List<Request> refusedClaims() {
        return claims.stream()
                .filter(request -> !units.containsKey(request.threadId()))
                .toList();
    }

    /**
     * Makes the claims, and merges what is to be written.
     *
     * @param waits whether it waits a moment for the rows of others, in a transaction, instead of leaving out what is locked
     */
    void prepare(Session session, WriterRow row, boolean waits) throws SQLException {
        units.clear();
        Claims.Result made =
                movesLines(waits) ? new Claims(session, claims, time, waits).make(moving(), row) : Claims.Result.NONE;
        inLine = made.requests();
        holdings.putAll(made.holdings());
        merge(session, made.holdings().keySet());
        for (Unit unit : units.values()) {
            if (unit.release && !waits && !made.holdings().containsKey(unit.threadId())) {
                unit.line = leavesLine(unit.threadId(), unit.head) ? LineChange.LEAVES : LineChange.FOLLOWS;
            }
        }
    }

    private void merge(Session session, Set<String> claimed) throws SQLException {
        List<Request> made = claims.stream()
                .filter(request -> claimed.contains(request.threadId()))
                .toList();
        readPlaces(session, made);
        for (Request request : made) {
            add(session, request);
            Unit unit = unit(request);
            unit.rowIsWritten = request.isOfNewThread() && !request.write().release();
            ClaimRequest wanted = request.wanted();
            if (wanted != null && opensAlone(wanted, unit)) {
                unit.line = LineChange.OPENS;
                unit.opens = wanted;
            }
        }
        for (Request request : writes) {
            add(session, request);
        }
    }

    private boolean opensAlone(ClaimRequest wanted, Unit unit) {
        return wanted.request() != null
                && wanted.rolledBack() == null
                && !unit.release
                && inLine.getOrDefault(unit.threadId(), 0) == 1;
    }

    /**
     * Stores what was prepared; gives the threads whose claims held.
     *
     * @param commits whether the message ends the transaction
     */
    Set<String> write(Session session, Sql start, BatchMarker marker, boolean waits, boolean commits)
            throws SQLException {
        List<RowVisitor> visitors = new ArrayList<>();
        if (!start.toString().isEmpty()) {
            visitors.add(row -> false);
        }
        if (!movesLines(waits) && !moving().isEmpty()) {
            start.add(QueueLines.LOCK + "; ", Column.texts(moving()));
            visitors.add(row -> false);
        }
        Set<String> held = new HashSet<>();
        visitors.add(row -> held.add(Texts.read(row.getString("id"))));
        WriteStatement.add(units(), isProvenByLog() ? null : marker, time, waits, start);
        if (commits) {
            start.sendAndCommit(session, visitors);
        } else {
            start.send(session, visitors);
        }
        return held;
    }

    /** Whether something of lines is left to do behind the batch's statement. */
    boolean hasMore() {
        return claims.stream().anyMatch(Batch::rollsBack)
                || units.values().stream().anyMatch(this::isFollowed);
    }

    private static boolean rollsBack(Request claim) {
        return claim.wanted() != null && claim.wanted().rolledBack() != null;
    }

    private boolean isFollowed(Unit unit) {
        return unit.line == LineChange.FOLLOWS && inLine.getOrDefault(unit.threadId(), 0) > 0;
    }

    /**
     * Moves the lines of the threads that were claimed or released.
     *
     * @param held the threads whose claims held
     */
    void follow(Session session, Set<String> held) throws SQLException {
        Map<String, ClaimRequest> claimed = new HashMap<>();
        for (Request claim : claims) {
            if (claim.wanted() != null) {
                claimed.put(claim.threadId(), claim.wanted());
            }
        }
        for (ClaimRequest wanted : claimed.values()) {
            if (wanted.rolledBack() != null && held.contains(wanted.threadId())) {
                Deletions.rollBack(session, wanted.threadId(), wanted.rolledBack());
            }
        }
        List<Unit> moved = units().stream()
                .filter(unit -> held.contains(unit.threadId()) && isFollowed(unit))
                .toList();
        if (!moved.isEmpty()) {
            ready = QueueLines.follow(session, moved, claimed, time);
        }
    }

    /** The queues that have READY requests of the threads that were moved. */
    Set<String> ready() {
        return ready;
    }

    private Unit unit(Request request) {
        return units.computeIfAbsent(request.threadId(), id -> new Unit(holding(request)));
    }

    private Holding holding(Request request) {
        Holding holding = holdings.get(request.threadId());
        if (holding == null) {
            throw new IllegalStateException("nothing is known of thread '" + request.threadId() + "'");
        }
        return holding;
    }

    private void add(Session session, Request request) throws SQLException {
        Unit unit = unit(request);
        if (unit.holding.failed) {
            throw new RefusedException(
                    request,
                    new CheckpointException("an earlier write of this claim of thread '" + request.threadId()
                            + "' failed, so this one is refused; claim the thread again"));
        }
        try {
            unit.add(request);
        } catch (CheckpointException wrong) {
            boolean holds = request.isOfNewThread() || holds(session, unit.holding.claim);
            throw new RefusedException(request, holds ? wrong : new LeaseLostException(unit.holding.claim));
        }
    }

    private static boolean holds(Session session, Claim claim) throws SQLException {
        return session.first(HOLDS, row -> 1, claim.threadId(), claim.epoch(), claim.owner())
                .isPresent();
    }

    /** Reads where the logs of runs continue that nothing is known of, all at once. */
    private void readPlaces(Session session, List<Request> made) throws SQLException {
        List<Request> all = new ArrayList<>(made);
        all.addAll(writes);
        Set<List<String>> missing = new HashSet<>();
        for (Request request : all) {
            Holding holding = holdings.get(request.threadId());
            String appended =
                    request.write().log().isEmpty() ? null : request.write().runId();
            String put =
                    request.write().run() == null ? null : request.write().run().runId();
            for (String run : new String[] {appended, put}) {
                if (run != null && (holding == null || holding.needs(run))) {
                    missing.add(List.of(request.threadId(), run));
                }
            }
        }
        Map<List<String>, ReadPlace> read = missing.isEmpty() ? Map.of() : readPlaces(session, missing);
        for (Request request : all) {
            holdings.computeIfAbsent(request.threadId(), id -> unknown(request, read));
        }
        missing.forEach(pair -> {
            ReadPlace place = read.get(pair);
            Holding holding = holdings.get(pair.get(0));
            if (holding != null) {
                holding.put(pair.get(1), place == null ? Place.NONE : place.place());
            }
        });
    }

    /** What is known of a claim that this writer did not make, or has forgotten: what was read of its thread. */
    private static Holding unknown(Request request, Map<List<String>, ReadPlace> read) {
        if (request.claim() == null) {
            throw new IllegalStateException("a claim was made, and nothing is known of it");
        }
        int lastRun = read.entrySet().stream()
                .filter(entry -> entry.getKey().get(0).equals(request.threadId()))
                .mapToInt(entry -> entry.getValue().lastRun())
                .max()
                .orElse(0);
        return new Holding(request.claim(), lastRun, false);
    }

    private record ReadPlace(String threadId, String runId, int lastRun, Place place) {}

    /** Where the logs of runs continue, by thread and run. */
    static Map<List<String>, Place> places(Session session, Set<List<String>> runs) throws SQLException {
        Map<List<String>, Place> places = new HashMap<>();
        readPlaces(session, runs).forEach((run, read) -> places.put(run, read.place()));
        return places;
    }

    private static Map<List<String>, ReadPlace> readPlaces(Session session, Set<List<String>> missing)
            throws SQLException {
        List<List<String>> pairs = List.copyOf(missing);
        Map<List<String>, ReadPlace> places = new HashMap<>();
        session.all(
                        PLACES,
                        Batch::place,
                        Column.texts(pairs.stream().map(pair -> pair.get(0)).toList()),
                        Column.texts(pairs.stream().map(pair -> pair.get(1)).toList()))
                .forEach(place -> places.put(List.of(place.threadId(), place.runId()), place));
        return places;
    }

    private static ReadPlace place(ResultSet row) throws SQLException {
        return new ReadPlace(
                Texts.read(row.getString("id")),
                Texts.read(row.getString("run")),
                row.getInt("last_run"),
                new Place(row.getInt("no"), row.getInt("next")));
    }
}
