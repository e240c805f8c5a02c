package dev.clew.contracts.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs the same thing on several threads at once. */
public final class Contenders {
    private Contenders() {}

    /** What each contender got, after all of them started together. */
    public static <T> List<T> race(int contenders, IntFunction<T> attempt) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(contenders);
        try {
            CountDownLatch start = new CountDownLatch(contenders);
            List<Future<T>> attempts = new ArrayList<>();
            for (int i = 0; i < contenders; i++) {
                int contender = i;
                attempts.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    return attempt.apply(contender);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : attempts) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
