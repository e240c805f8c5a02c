package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.MutableClock;
import dev.clew.contracts.lab.Nightly;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WhenOccupied;
import dev.clew.queue.WorkerRecord;
import dev.clew.state.ThreadStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to lines, by chance, leaves the same rows in memory, which reads whole lines, and in a file, which does not. */
final class LinesAgreeTest {
    private static final List<String> OWNERS = List.of("ann", "bob", "web");
    private static final String FLOW = "Lines.flow";
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration RESERVATION = Duration.ofSeconds(10);
    private static final QueueSettings LIMITED =
            QueueSettings.NONE.globalConcurrency(3).perKeyConcurrency(1);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();

    /** A store, and the claims that were made there. */
    private record Side(Checkpointer store, Map<String, Claim> claims) {}

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameEventsLeaveTheSameRows(long seed) {
        Random random = new Random(seed);
        try (Sqlite file = Sqlite.open(folder.resolve("lines.db"), clock)) {
            Side memory = new Side(Checkpointer.inMemory(clock), new HashMap<>());
            Side sqlite = new Side(file.checkpointer(), new HashMap<>());
            for (int step = 0; step < 300; step++) {
                Event event = event(random);
                Object there = happened(event, memory);

                assertThat(happened(event, sqlite))
                        .as("seed %d, step %d: %s", seed, step, event.name())
                        .isEqualTo(there);
                assertThat(rows(sqlite))
                        .as("seed %d, after step %d: %s", seed, step, event.name())
                        .isEqualTo(rows(memory));
                clock.advance(
                        Duration.ofMillis(random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(500)));
            }
        }
    }

    /** Every step is a commit, so most seeds are for the nightly build. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Nightly.isOn() ? 400 : 4);
    }

    private record Event(String name, Function<Side, Object> change) {}

    private static Object happened(Event event, Side side) {
        try {
            return event.change().apply(side);
        } catch (CheckpointException refused) {
            return refused.getClass();
        }
    }

    private static List<String> rows(Side side) {
        return side.store().queue().list(QueueQuery.all()).stream()
                .map(row -> text(row)
                        + side.store()
                                .thread(row.request().threadId())
                                .map(record -> record.isQueued() + " " + record.cancelRequested())
                                .orElse(""))
                .toList();
    }

    private static String text(RequestRow row) {
        return row.request().threadId()
                + '/'
                + row.request().requestId()
                + ' '
                + row.state()
                + ' '
                + row.isOpened()
                + ' '
                + row.enqueuedAt()
                + ' '
                + row.dueAt()
                + ' '
                + row.owner()
                + ' '
                + row.attempts()
                + ' '
                + row.losses()
                + ' '
                + row.isCancelled()
                + ' '
                + row.rollsBack()
                + ' '
                + row.deployments().last()
                + new TreeSet<>(row.deployments().excluded())
                + row.deployments().until()
                + ' ';
    }

    private Event event(Random random) {
        String thread = "t-" + random.nextInt(2);
        String request = "r-" + random.nextInt(14);
        String owner = OWNERS.get(random.nextInt(3));
        return switch (random.nextInt(12)) {
            case 0, 1 -> enqueue(random, thread, request);
            case 2, 3 -> take(owner, 1 + random.nextInt(3), deployment(random));
            case 4 -> claim("claim of its request", thread, owner, request, first(random, request));
            case 5 -> opensWhatIsTaken(random, thread);
            case 6 -> claim("direct claim", thread, owner, null, first(random, request));
            case 7, 8 -> release(random, thread, request);
            case 9 -> giveBack(random, thread, request, owner);
            case 10 -> tend(owner);
            default -> rare(random, thread, request, owner);
        };
    }

    private static Event enqueue(Random random, String thread, String request) {
        Duration delay = random.nextInt(4) == 0 ? Duration.ofSeconds(random.nextInt(8)) : Duration.ZERO;
        String key = random.nextBoolean() ? "key-" + random.nextInt(2) : null;
        WhenOccupied occupied = WhenOccupied.values()[random.nextInt(3) > 0 ? 0 : random.nextInt(4)];
        QueuedRun run = new QueuedRun(
                thread,
                request,
                "q",
                FLOW,
                random.nextInt(2),
                key,
                random.nextBoolean(),
                delay,
                Rows.bytes("{}"),
                null,
                deployment(random));
        return new Event(
                "enqueue " + request + " " + occupied,
                side -> side.store().queue().enqueue(run, occupied));
    }

    private static @Nullable String deployment(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "old";
            case 1 -> "new";
            default -> null;
        };
    }

    private static Event take(String owner, int most, @Nullable String deployment) {
        TakeRequest wish = new TakeRequest(owner, "q", Set.of(FLOW), most, RESERVATION, deployment);
        return new Event(
                owner + " takes",
                side -> side.store().queue().take(wish).stream()
                        .map(LinesAgreeTest::text)
                        .toList());
    }

    private static Write first(Random random, String run) {
        return switch (random.nextInt(4)) {
            case 0 -> new Write(null, List.of(), null, List.of(), null, false);
            case 1 ->
                new Write(null, List.of(), null, List.of(), new Head(ThreadStatus.IDLE, null, "", null, 0), false);
            case 2 -> new Write(null, List.of(), null, List.of(), null, true);
            default ->
                new Write(null, List.of(), Rows.run(run), List.of(), Rows.head(ThreadStatus.RUNNING, run), false);
        };
    }

    private static Event claim(String name, String thread, String owner, @Nullable String request, Write first) {
        return new Event(name + " of " + thread + " by " + owner, side -> claimed(side, thread, owner, request, first));
    }

    private static boolean claimed(Side side, String thread, String owner, @Nullable String request, Write first) {
        long epoch = side.store().thread(thread).map(ThreadRecord::epoch).orElse(0L);
        if (epoch == 0 && first.head() == null) {
            // Such a claim is a mistake of its caller, which one store sees before it looks at the request.
            return false;
        }
        String opens = first.run() == null ? null : first.run().runId();
        String deployment = owner.equals("web") ? null : owner;
        var claim = side.store()
                .claim(
                        new ClaimRequest(thread, FLOW, owner, epoch, LEASE, false, request, opens, deployment, null),
                        first);
        claim.ifPresent(made -> side.claims().put(thread, made));
        return claim.isPresent();
    }

    /** As a worker does: the run of a request that is reserved is opened or continued. */
    private static Event opensWhatIsTaken(Random random, String thread) {
        boolean exits = random.nextBoolean();
        return new Event(
                "the worker of " + thread + " opens, EXIT " + exits,
                side -> side
                        .store()
                        .queue()
                        .list(QueueQuery.all().thread(thread).state(RequestState.TAKEN))
                        .stream()
                        .filter(row -> row.dueAt() != null)
                        .findFirst()
                        .map(row -> {
                            String run = row.request().requestId();
                            Head before = side.store()
                                    .thread(thread)
                                    .map(ThreadRecord::head)
                                    .orElse(new Head(ThreadStatus.IDLE, null, "", null, 0));
                            Write first = exits
                                    ? new Write(null, List.of(), null, List.of(), before, false)
                                    : new Write(
                                            null,
                                            List.of(),
                                            Rows.run(run),
                                            List.of(),
                                            Rows.head(ThreadStatus.RUNNING, run),
                                            false);
                            return claimed(side, thread, String.valueOf(row.owner()), run, first);
                        })
                        .orElse(false));
    }

    private Event release(Random random, String thread, String request) {
        ThreadStatus status = ThreadStatus.values()[random.nextInt(ThreadStatus.values().length)];
        Instant wakeAt = random.nextBoolean() ? clock.instant().plusSeconds(random.nextInt(10)) : null;
        boolean own = random.nextInt(4) > 0;
        return new Event("release of " + thread + " as " + status, side -> {
            Claim claim = side.claims().remove(thread);
            if (claim == null) {
                return "no claim";
            }
            String run = own
                    ? side.store()
                            .thread(thread)
                            .map(record -> record.head().runId())
                            .orElse(request)
                    : request;
            Head head = new Head(status, run, "c", wakeAt, 0);
            return written(side, claim, new Write(null, List.of(), Rows.run(run), List.of(), head, true));
        });
    }

    private static Object written(Side side, Claim claim, Write write) {
        try {
            side.store().write(claim, write, true).toCompletableFuture().get();
            return "written";
        } catch (ExecutionException refused) {
            return String.valueOf(refused.getCause().getClass());
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static Event giveBack(Random random, String thread, String request, String owner) {
        GiveBack.Reason reason = GiveBack.Reason.values()[random.nextInt(GiveBack.Reason.values().length)];
        return new Event("give back " + reason, side -> {
            String taken = side
                    .store()
                    .queue()
                    .list(QueueQuery.all().thread(thread).state(RequestState.TAKEN))
                    .stream()
                    .map(row -> row.request().requestId())
                    .findFirst()
                    .orElse(request);
            side.store().queue().giveBack(new GiveBack(thread, taken, owner, reason, null, "old"));
            return taken;
        });
    }

    private Event tend(String owner) {
        WorkerRecord worker = new WorkerRecord(owner, "q", Set.of(FLOW), 4, clock.instant());
        return new Event("tend", side -> side.store().queue().tend(worker));
    }

    private static Event rare(Random random, String thread, String request, String owner) {
        return switch (random.nextInt(6)) {
            case 5 -> new Event("retry " + request, side -> side.store().queue().retry(thread, request));
            case 0 ->
                new Event(
                        "end " + request,
                        side -> side.store().queue().end(thread, request, RequestState.CANCELLED, null));
            case 1 -> {
                QueueSettings settings = random.nextBoolean() ? QueueSettings.NONE : LIMITED;
                yield new Event("configure", side -> {
                    side.store().queue().configure("q", settings);
                    return true;
                });
            }
            case 2 ->
                new Event(
                        "delete " + thread,
                        side -> side.store()
                                .delete(Deletion.thread(
                                        thread,
                                        side.store()
                                                .thread(thread)
                                                .map(ThreadRecord::epoch)
                                                .orElse(0L))));
            case 3 ->
                new Event(
                        "answer",
                        side -> side.store()
                                .addAnswers(
                                        thread,
                                        side.store()
                                                .thread(thread)
                                                .map(ThreadRecord::epoch)
                                                .orElse(0L),
                                        List.of(new WaitingAnswer(request, "q", Rows.bytes("1")))));
            default -> claim("fence", thread, owner, null, new Write(null, List.of(), null, List.of(), null, true));
        };
    }
}
