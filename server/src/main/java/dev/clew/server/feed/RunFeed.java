package dev.clew.server.feed;

import dev.clew.checkpoint.RunRecord;
import dev.clew.server.catalog.Served;
import dev.clew.server.json.Json;
import dev.clew.server.view.Failures;
import dev.clew.server.view.Questions;
import dev.clew.server.view.Scalars;
import dev.clew.server.view.States;
import dev.clew.state.LoggedEvent;
import dev.clew.state.StepArgument;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
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
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Served served;
    private final LiveEvents live;
    private final FeedLog log;
    private final String threadId;
    private final String runId;
    private final IntSupplier numbers;
    private final ConcurrentNavigableMap<Long, FeedEntry> entries = new ConcurrentSkipListMap<>();
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
    private FeedEvent.@Nullable End end;

    /** @param numbers finds out which of its thread's runs it is, once it was opened */
    RunFeed(Served served, FeedLog log, String threadId, String runId, IntSupplier numbers) {
        this.served = served;
        this.live = new LiveEvents(served);
        this.log = log;
        this.threadId = threadId;
        this.runId = runId;
        this.numbers = numbers;
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
        Map.Entry<Long, FeedEntry> found = entries.higherEntry(position);
        return found == null ? null : found.getValue();
    }

    /** The last position of the newest entry. */
    long newest() {
        return entries.isEmpty() ? FeedPosition.before(number()) : entries.lastKey() + FeedPosition.PARTS - 1;
    }

    /** The last position at which it rested while its log had no more than so many entries; -1 if there is none. */
    long restUpTo(long logged) {
        return entries
                .headMap(FeedPosition.of(number(), logged, FeedPosition.MAX_PLACE), true)
                .descendingMap()
                .values()
                .stream()
                .filter(entry -> entry.event() instanceof FeedEvent.Rested)
                .findFirst()
                .map(entry -> entry.position() + FeedPosition.PARTS - 1)
                .orElse(-1L);
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
        return resting ? end : null;
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    // --- what this process hears ---

    /** The run begins or continues here. */
    synchronized void begins() {
        if (resting) {
            begin(Instant.now());
        }
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
            crowded(at);
            return;
        }
        lives++;
        add(at, Instant.now(), heard);
    }

    /** So much is told between two entries of the log that no place is left: what follows is dropped. */
    private void crowded(int at) {
        long last = FeedPosition.of(number(), next, at);
        if (!entries.containsKey(last)) {
            entries.put(last, new FeedEntry(last, Instant.now(), new FeedEvent.Gap()));
        }
    }

    /** Drops the older half of what is not in the log, and says so in its place. */
    private void dropOldest() {
        List<Long> positions = new ArrayList<>();
        entries.forEach((position, entry) -> {
            if (FeedPosition.isLive(position)) {
                positions.add(position);
            }
        });
        List<Long> dropped = positions.subList(0, positions.size() / 2);
        dropped.forEach(entries::remove);
        long last = dropped.get(dropped.size() - 1);
        entries.put(last, new FeedEntry(last, Instant.now(), new FeedEvent.Gap()));
        lives = positions.size() - dropped.size();
    }

    // --- what is in the log ---

    /**
     * Reads what is new in the log.
     *
     * @return whether there was something
     */
    synchronized boolean look() {
        Optional<RunRecord> run = served.store().run(threadId, runId);
        if (run.isEmpty()) {
            return false;
        }
        long before = newest();
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
        release();
        rest(run.get());
        boolean news = newest() > before;
        if (news) {
            tell();
        }
        return news;
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
            logged(e, new FeedEvent.Ended(e.path(), e.name(), e.kind(), Json.of(e.value()), null, e.cached()));
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

    private void opened(LoggedEvent.Opened e) {
        if (started.add(e.path())) {
            logged(e, new FeedEvent.Started(e.path(), e.name(), e.kind(), arguments(e.arguments())));
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
        if (status != ThreadStatus.RUNNING && status != ThreadStatus.SLEEPING) {
            owed.clear();
            release();
        }
        String output = run.outputCheckpoint();
        boolean isOver = status == ThreadStatus.IDLE && output != null
                || status == ThreadStatus.CANCELLED
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
        } else if (status == ThreadStatus.CANCELLED) {
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
        logged(at, new FeedEvent.Began(request(), segment > 0, values));
    }

    private void rested(Instant at, FeedEvent.End how) {
        owed.clear();
        release();
        if (resting) {
            begin(at);
        }
        resting = true;
        end = how;
        logged(at, new FeedEvent.Rested(request(), how));
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
        logged(from.at(), event);
    }

    private void logged(Instant at, FeedEvent event) {
        add(place, at, event);
    }

    private void add(int from, Instant when, FeedEvent event) {
        int at = from;
        long position = FeedPosition.of(number(), next, at);
        while (entries.containsKey(position)) {
            at += FeedPosition.PARTS;
            position = FeedPosition.of(number(), next, at);
        }
        entries.put(position, new FeedEntry(position, when, event));
        place = at + FeedPosition.PARTS;
    }
}
