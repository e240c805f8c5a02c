package dev.clew.sim;

import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenInterrupted;
import dev.clew.queue.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is enqueued in a simulation, and what holds for the queue and its workers.
 *
 * @param wanted the requests
 * @param concurrency how many runs a process executes at once
 * @param global how many all processes execute at once; 0 for any number
 * @param perKey how many of one key they execute at once; 0 for any number
 * @param invokes whether questions are answered by invoke, too, which goes beyond the limits
 * @param people how many people enqueue all of it, under the same ids
 * @param children whether workers execute children on threads of their own
 */
record Demand(
        List<Wanted> wanted,
        int concurrency,
        int global,
        int perKey,
        Duration pollEvery,
        boolean invokes,
        int people,
        boolean children) {
    static final String QUEUE = "q";

    /** Nothing is enqueued. */
    static final Demand NONE = new Demand(List.of(), 1, 0, 0, Duration.ofSeconds(1), false, 0, false);

    private static final int MOST_THREADS = 3;
    private static final int MOST_REQUESTS = 6;

    /** One request; its run executes the program with its id as input. */
    record Wanted(String thread, String id, int priority, String key, Duration delay, boolean abandons) {
        RunConfig config() {
            RunConfig config = answers().queue(QUEUE).priority(priority).delay(delay);
            config = abandons ? config.whenInterrupted(WhenInterrupted.ABANDON) : config;
            return key == null ? config : config.concurrencyKey(key);
        }

        RunConfig answers() {
            return RunConfig.thread(thread).runId(id);
        }

        String input() {
            return "in " + thread + ' ' + id;
        }
    }

    Demand {
        wanted = List.copyOf(wanted);
    }

    static Demand random(Random random) {
        List<Wanted> wanted = new ArrayList<>();
        int threads = 1 + random.nextInt(MOST_THREADS);
        int keys = random.nextInt(3);
        for (int i = 1 + random.nextInt(MOST_REQUESTS); i > 0; i--) {
            int delay = random.nextInt(4) == 0 ? 1 + random.nextInt(3_000) : 0;
            wanted.add(new Wanted(
                    "thread" + random.nextInt(threads),
                    "r" + i,
                    random.nextInt(3) - 1,
                    keys == 0 ? null : "key" + random.nextInt(keys),
                    Duration.ofMillis(delay),
                    random.nextInt(8) == 0));
        }
        return new Demand(
                wanted,
                1 + random.nextInt(3),
                random.nextInt(3),
                keys == 0 ? 0 : random.nextInt(2),
                Duration.ofMillis(new int[] {200, 1_000, 5_000}[random.nextInt(3)]),
                random.nextInt(3) == 0,
                1 + random.nextInt(2),
                false);
    }

    /** Nobody enqueues anything but runs, of their children. */
    static Demand ofChildren(Random random) {
        Duration pollEvery = Duration.ofMillis(new int[] {200, 1_000, 5_000}[random.nextInt(3)]);
        return new Demand(List.of(), 1 + random.nextInt(2), random.nextInt(3), 0, pollEvery, true, 0, true);
    }

    /** Whether processes take runs from the queue. */
    boolean hasWorkers() {
        return children || !isEmpty();
    }

    /** Whether a run may take the place of one that waits for answers. */
    boolean abandons() {
        return wanted.stream().anyMatch(Wanted::abandons);
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** How a process takes them. */
    Worker worker() {
        return Worker.of(QUEUE)
                .concurrency(concurrency)
                .pollEvery(pollEvery)
                .globalConcurrency(global)
                .perKeyConcurrency(perKey);
    }

    /** Every one that is a bit simpler. */
    Stream<Demand> simpler() {
        Stream<Demand> fewer = IntStream.range(0, isEmpty() ? 0 : wanted.size()).mapToObj(i -> {
            List<Wanted> rest = new ArrayList<>(wanted);
            rest.remove(i);
            return new Demand(rest, concurrency, global, perKey, pollEvery, invokes, people, children);
        });
        Stream<Demand> alone = people > 1
                ? Stream.of(new Demand(wanted, concurrency, global, perKey, pollEvery, invokes, 1, children))
                : Stream.empty();
        Stream<Demand> unlimited = global + perKey > 0
                ? Stream.of(new Demand(wanted, concurrency, 0, 0, pollEvery, invokes, people, children))
                : Stream.empty();
        return Stream.of(fewer, alone, unlimited).flatMap(all -> all).filter(Demand::hasWorkers);
    }
}
