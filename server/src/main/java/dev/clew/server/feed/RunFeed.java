package dev.clew.server.feed;

import dev.clew.checkpoint.RunRecord;
import dev.clew.index.TapePiece;
import dev.clew.index.TapePlace;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.view.Failures;
import dev.clew.server.view.Questions;
import dev.clew.server.view.Scalars;
import dev.clew.server.view.States;
import dev.clew.state.LoggedEvent;
import dev.clew.state.StepArgument;
import dev.clew.state.StepKind;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened in one run, in one order: what is in its log, read from there whoever executes the run, and between that what
 * this process heard while it executed it. Thread-safe.
 */
final class RunFeed {
    /** How many events that are not in the log are kept. */
    private static final int MOST_LIVE = 50_000;

    private static final int PAGE = 500;

    /** How long what is heard waits for the log at most. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final Served served;
    private final LiveEvents live;
    private final FeedLog log;
    private final String threadId;
    private final String runId;
    private final IntSupplier numbers;
    private final Tapes tapes;
    private final TapeTrack track;
    private final FeedEntries entries = new FeedEntries();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    // Guarded by this.
    private final Map<String, ObjectNode> open = new LinkedHashMap<>();

    /** The steps that were told to have begun since the run began or continued. */
    private final Set<String> started = new HashSet<>();

    /** The steps that were heard to end, and that the log did not show yet: what is heard after them waits for it. */
    private final Set<String> owed = new HashSet<>();

    private final List<FeedEvent> waiting = new ArrayList<>();
    private long owedSince;
    private boolean impatient;

    private int number;
    private long next;
    private int place;
    private int lives;
    private int segment = -1;
    private boolean resting = true;

    /** Where it rested last: it begins again there, whatever was read since that is no event. */
    private long restNext;

    private int restPlace;
    private long beganAt;
    private boolean leaving;
    private @Nullable Taping taping;

    /** Starts that the log tells, and those that a tape told: the same step is told once. */
    private final Map<String, Long> loggedStarts = new HashMap<>();

    private final Map<String, Long> tapedStarts = new HashMap<>();

    private FeedEvent.@Nullable End end;

    /** Whether its row was read, and whether that is there no more. */
    private boolean stored;

    private boolean gone;

    /** @param numbers finds out which of its thread's runs it is, once it was opened */
    RunFeed(Served served, FeedLog log, Tapes tapes, String threadId, String runId, IntSupplier numbers) {
        this.served = served;
        this.live = new LiveEvents(served);
        this.log = log;
        this.threadId = threadId;
        this.runId = runId;
        this.numbers = numbers;
        this.tapes = tapes;
        this.track = new TapeTrack(tapes, served, threadId, runId);
    }

    String threadId() {
        return threadId;
    }

    String runId() {
        return runId;
    }

    /** Which of its thread's runs it is, from 1. */
    synchronized int number() {
        if (number == 0) {
            number = numbers.getAsInt();
        }
        return number;
    }

    Served served() {
        return served;
    }

    /** The first entry after a position; null if there is none yet. */
    @Nullable
    FeedEntry after(long position) {
        FeedEntry found = entries.after(position);
        return found == null || found.position() > track.horizon() ? null : found;
    }

    /** The last position of the newest entry. */
    long newest() {
        return entries.isEmpty() ? FeedPosition.before(number()) : entries.last() + FeedPosition.PARTS - 1;
    }

    /** The last position at which it rested while its log had no more than so many entries; -1 if there is none. */
    long restUpTo(long logged) {
        FeedEntry rest = entries.restUpTo(FeedPosition.of(number(), logged, FeedPosition.MAX_PLACE));
        return rest == null ? -1 : rest.position() + FeedPosition.PARTS - 1;
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    boolean isHeard() {
        return !listeners.isEmpty();
    }

    /** How the run rests, as far as was read; null while it goes on. */
    synchronized FeedEvent.@Nullable End end() {
        boolean isShown = entries.isEmpty() || entries.last() <= track.horizon();
        return resting && isShown ? end : null;
    }

    /** Whether the run was deleted. */
    synchronized boolean isGone() {
        return gone;
    }

    /** About how many bytes of memory it takes. */
    long bytes() {
        return entries.bytes();
    }

    /** Does something while nothing of the feed changes. */
    synchronized <T> T locked(Supplier<T> work) {
        return work.get();
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    // --- the tape ---

    /**
     * A request is about to let the run begin or continue.
     *
     * @param taped whether it asks for a tape
     * @param isNew whether the run begins with it
     */
    synchronized void expect(boolean taped, boolean isNew) {
        track.expect(taped, isNew);
    }

    /** Whether another process executes the run, and its tape is to be read. */
    synchronized boolean isWatched() {
        return track.isWatched();
    }

    /** How far the tape was read. */
    synchronized TapePlace place() {
        return track.place(number());
    }

    /** This process begins to execute the run: it goes on where the tape of another one ends. */
    private void takeOver() {
        leaving = false;
        if (taping != null || !track.isTapedNow()) {
            return;
        }
        boolean isNew = track.isFresh();
        if (!isNew) {
            boolean unused = look(track.readOn(number()));
        }
        taping = new Taping(tapes, this, track.isEmpty());
        boolean isCut = track.isCut();
        track.begins();
        taping.begin();
        if (isCut) {
            addLive(new FeedEvent.Gap());
        }
    }

    /** This process executes the run no more: all that it heard is told. */
    private void leave() {
        leaving = false;
        owed.clear();
        release();
        track.leaves(newest());
        Taping told = taping;
        if (told != null) {
            told.finish();
            taping = null;
        }
    }

    private void play(List<TapeStrip> strips) {
        for (TapeStrip strip : strips) {
            long shown = track.horizon();
            boolean isLate = false;
            if (track.misses(strip) && !strip.entries().isEmpty()) {
                gap(strip.entries().get(0).position() - FeedPosition.PARTS);
            }
            for (FeedEntry entry : strip.entries()) {
                isLate |= played(entry) && entry.position() <= shown;
            }
            if (isLate && !track.isHere()) {
                gap(shown + FeedPosition.PARTS - 1);
            }
            track.played(strip);
        }
    }

    /** Adds what was told by another process; false if it was known. */
    private boolean played(FeedEntry entry) {
        if (resting && (entries.isEmpty() || entry.position() > entries.last())) {
            // Its beginning is told by the first entry of the log, which is not there yet.
            begin(entry.at());
        }
        if (entry.event() instanceof FeedEvent.Started begun) {
            tapedStarts.put(begun.path(), entry.position());
            Long told = loggedStarts.remove(begun.path());
            if (told != null && told > track.horizon()) {
                entries.remove(told);
            }
        }
        if (lives >= MOST_LIVE) {
            dropOldest();
        }
        boolean isNew = entries.put(entry);
        lives += isNew ? 1 : 0;
        return isNew;
    }

    private void gap(long position) {
        if (!entries.has(position)) {
            boolean unused = entries.put(new FeedEntry(position, Instant.now(), new FeedEvent.Gap()));
        }
    }

    /** Shows what the log has without the tape, if that does not come. */
    private void waitForTape() {
        if (entries.isEmpty() || !track.isImpatient(entries.last(), resting && end != null)) {
            return;
        }
        long last = entries.last();
        if (track.isEmpty() && resting) {
            gap(FeedPosition.of(number(), 0, FeedPosition.FIRST_LIVE));
        } else if (track.isCut() && resting) {
            Long before = entries.before(last);
            gap((before == null ? FeedPosition.before(number()) : before) + FeedPosition.PARTS - 1);
        }
        track.show(last);
    }

    // --- what this process hears ---

    /** The run begins or continues here. */
    synchronized void begins() {
        takeOver();
        if (resting) {
            begin(Instant.now());
        }
    }

    /** The run is executed here no more; what it recorded is stored. */
    synchronized void leaves() {
        leaving = true;
    }

    /** A step was heard to end; the log will show it. */
    synchronized void owes(String path) {
        if (!impatient && owed.isEmpty()) {
            owedSince = System.nanoTime();
        }
        owed.add(path);
    }

    /** A run that keeps its log to itself until it rests is not waited for. */
    private boolean waitsForLog() {
        if (!owed.isEmpty() && !impatient) {
            impatient = System.nanoTime() - owedSince > PATIENCE_NANOS;
        }
        return !owed.isEmpty() && !impatient;
    }

    /** Adds what was heard while the log was waited for. */
    private void release() {
        if (!waitsForLog()) {
            List<FeedEvent> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(this::addLive);
        }
    }

    /** Adds what is not in the log. */
    void hear(StreamEvent event) {
        FeedEvent heard = live.of(event);
        if (heard == null) {
            return;
        }
        synchronized (this) {
            if (waitsForLog()) {
                waiting.add(heard);
                return;
            }
            release();
            addLive(heard);
        }
        tell();
    }

    private void addLive(FeedEvent heard) {
        if (lives >= MOST_LIVE) {
            dropOldest();
        }
        if (heard instanceof FeedEvent.Started begun && !started.add(begun.path())) {
            return;
        }
        int at = Math.max(place, FeedPosition.FIRST_LIVE);
        if (at >= FeedPosition.AT_REST - FeedPosition.PARTS) {
            // So much is told between two entries of the log that no place is left: what follows is dropped.
            gap(FeedPosition.of(number(), next, at));
            return;
        }
        lives++;
        FeedEntry added = add(next, at, Instant.now(), heard);
        if (taping != null) {
            taping.add(added);
        }
    }

    private void dropOldest() {
        lives = entries.dropOldest(new FeedEvent.Gap());
    }

    // --- what is in the log ---

    /**
     * Reads what is new in the log.
     *
     * @return whether there was something
     */
    synchronized boolean look() {
        return look(List.of());
    }

    /** The same, with what was read of its tape. */
    synchronized boolean lookWith(List<TapePiece> pieces) {
        return look(track.strips(pieces));
    }

    private boolean look(List<TapeStrip> told) {
        boolean leaves = leaving;
        Optional<RunRecord> run = served.store().run(threadId, runId);
        if (run.isEmpty()) {
            if (leaves) {
                leave();
            }
            return isDeleted(leaves) && endDeleted();
        }
        stored = true;
        List<TapeStrip> strips = new ArrayList<>(told);
        strips.addAll(track.unread(number()));
        long before = newest();
        long shown = track.horizon();
        readLog();
        track.wasRead();
        play(strips);
        release();
        rest(run.get());
        if (leaves) {
            leave();
        }
        waitForTape();
        boolean news = newest() > before || track.horizon() > shown;
        if (news) {
            if (taping != null) {
                taping.news();
            }
            tell();
        }
        return news;
    }

    /** A run that began just now has no row yet. */
    private boolean isDeleted(boolean leaves) {
        return stored || leaves && served.store().thread(threadId).isEmpty();
    }

    /** Its readers would wait for ever. */
    private boolean endDeleted() {
        if (gone) {
            return false;
        }
        gone = true;
        if (!resting || end == null) {
            place = FeedPosition.AT_REST;
            rested(now(), new FeedEvent.End.Cancelled());
            track.show(entries.last());
        }
        tell();
        return true;
    }

    private void readLog() {
        LoggedEvent.Page page;
        do {
            page = log.events(threadId, runId, next, PAGE);
            for (LoggedEvent event : page.events()) {
                apply(event);
            }
            if (page.next() > next) {
                next = page.next();
                place = 0;
            }
        } while (!page.isAll());
    }

    private void apply(LoggedEvent event) {
        if (resting && !(event instanceof LoggedEvent.Paused)) {
            // Before the entry, where a server that executes the run hears of it: a position is the same on all of
            // them.
            begin(event.at());
        }
        next = event.seq() + 1;
        place = 0;
        owed.remove(event.path());
        if (event instanceof LoggedEvent.Opened e) {
            opened(e);
        } else if (event instanceof LoggedEvent.Succeeded e) {
            logged(e, new FeedEvent.Ended(e.path(), e.name(), e.kind(), shown(e), null, e.cached()));
        } else if (event instanceof LoggedEvent.Failed e) {
            failed(e);
        } else if (event instanceof LoggedEvent.Asked e) {
            ObjectNode question = Questions.of(e.id(), e.name(), Json.of(e.value()), e.answerSchema(), e.deadline());
            open.put(e.id(), question);
            logged(e, new FeedEvent.Asked(e.path(), e.id(), question));
        } else if (event instanceof LoggedEvent.Answered e) {
            open.remove(e.id());
            logged(e, new FeedEvent.Answered(List.of(e.id())));
        } else if (event instanceof LoggedEvent.Lapsed e) {
            open.remove(e.id());
        } else if (event instanceof LoggedEvent.Paused e && !open.isEmpty()) {
            ArrayNode questions = Json.array();
            open.values().forEach(questions::add);
            rested(e.at(), new FeedEvent.End.Paused(valuesSoFar(), questions));
        }
    }

    private JsonNode shown(LoggedEvent.Succeeded e) {
        JsonNode value = Json.of(e.value());
        return e.kind() == StepKind.NODE ? served.shownUpdate(value) : value;
    }

    private void opened(LoggedEvent.Opened e) {
        if (started.add(e.path()) && tapedStarts.getOrDefault(e.path(), -1L) < beganAt) {
            FeedEntry told =
                    logged(e.at(), new FeedEvent.Started(e.path(), e.name(), e.kind(), arguments(e.arguments())));
            loggedStarts.put(e.path(), told.position());
        }
    }

    private void failed(LoggedEvent.Failed e) {
        ObjectNode error = Failures.of(e.failure());
        if (e.path().isEmpty()) {
            rested(e.at(), new FeedEvent.End.Failed(error));
        } else if (e.kind() != null) {
            logged(e, new FeedEvent.Ended(e.path(), e.name(), e.kind(), null, error, false));
        }
    }

    private static JsonNode arguments(List<StepArgument> kept) {
        ArrayNode arguments = Json.array();
        kept.forEach(argument -> arguments.add(Json.of(argument.value())));
        return arguments;
    }

    private ObjectNode valuesSoFar() {
        return States.of(served).values(threadId);
    }

    /** How the run's row says that it rests, if its log does not. */
    private void rest(RunRecord run) {
        if (resting && end != null) {
            return;
        }
        ThreadStatus status = run.status();
        if (!status.isExecuting() && status != ThreadStatus.SLEEPING) {
            owed.clear();
            release();
        }
        String output = run.outputCheckpoint();
        boolean isOver = status == ThreadStatus.IDLE && output != null
                || status == ThreadStatus.CANCELLED
                || status == ThreadStatus.UNDONE
                || status == ThreadStatus.BLOCKED
                || status == ThreadStatus.STUCK;
        if (isOver && resting) {
            begin(now());
        }
        int before = place;
        place = FeedPosition.AT_REST;
        if (status == ThreadStatus.IDLE && output != null) {
            JsonNode result = States.of(served).result(threadId, output);
            rested(now(), new FeedEvent.End.Completed(result, Scalars.object(Scalars.WRAP.out(result))));
        } else if (status == ThreadStatus.CANCELLED || status == ThreadStatus.UNDONE) {
            rested(now(), new FeedEvent.End.Cancelled());
        } else if (status == ThreadStatus.BLOCKED || status == ThreadStatus.STUCK) {
            String why = Optional.ofNullable(served.workflow().state(threadId).blockedBy())
                    .orElse("the run is " + status);
            rested(now(), new FeedEvent.End.Failed(Failures.of(status.name(), why)));
        } else if (status == ThreadStatus.INTERRUPTED && open.isEmpty() && !resting) {
            rested(now(), new FeedEvent.End.Paused(valuesSoFar(), Json.array()));
        } else {
            place = before;
        }
    }

    private Instant now() {
        return served.store().now();
    }

    // --- segments ---

    private void begin(Instant at) {
        resting = false;
        started.clear();
        owed.clear();
        impatient = false;
        segment++;
        ObjectNode values = end instanceof FeedEvent.End.Paused paused ? paused.values() : null;
        end = null;
        beganAt = add(restNext, restPlace, at, new FeedEvent.Began(request(), segment > 0, values))
                .position();
    }

    private void rested(Instant at, FeedEvent.End how) {
        owed.clear();
        release();
        if (resting) {
            begin(at);
        }
        resting = true;
        end = how;
        FeedEntry unused = logged(at, new FeedEvent.Rested(request(), how));
        restNext = next;
        restPlace = place;
    }

    /** The request that let the run begin or continue last; the run itself if a server got none. */
    private String request() {
        List<String> all = log.requests(threadId, runId);
        return segment < all.size() ? all.get(segment) : runId;
    }

    /** Whether a request of this id let the run begin or continue. */
    boolean knows(String requestId) {
        return log.requests(threadId, runId).contains(requestId);
    }

    /** Whether nothing follows that a request of this id asked for: it ended, all that its run did until then was read. */
    boolean isDone(String requestId) {
        if (end() == null) {
            return false;
        }
        long entries = log.endOf(threadId, requestId);
        synchronized (this) {
            return entries >= 0 && resting && next >= entries;
        }
    }

    /** Whether one request of the run came after another one. */
    boolean isAfter(String later, String earlier) {
        List<String> all = log.requests(threadId, runId);
        return all.indexOf(later) > all.indexOf(earlier);
    }

    private void logged(LoggedEvent from, FeedEvent event) {
        FeedEntry unused = logged(from.at(), event);
    }

    private FeedEntry logged(Instant at, FeedEvent event) {
        return add(next, place, at, event);
    }

    private FeedEntry add(long entry, int from, Instant when, FeedEvent event) {
        int at = from;
        long position = FeedPosition.of(number(), entry, at);
        while (entries.has(position)) {
            at += FeedPosition.PARTS;
            position = FeedPosition.of(number(), entry, at);
        }
        FeedEntry added = new FeedEntry(position, when, event);
        boolean unused = entries.put(added);
        if (entry == next) {
            place = at + FeedPosition.PARTS;
        }
        return added;
    }
}
