package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.task.Failure;
import dev.clew.task.RetryDefaults;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.ClewException;
import dev.clew.value.IllegalRequestException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is retried where nothing is said, and after how long. */
class RetryRulesTest {
    @Tag("B070")
    @Tag("B071")
    @Test
    void theDefaultTableRetriesTheOutsideWorldAndNotTheProgrammer() {
        List<Throwable> yes = List.of(
                new IOException(),
                new ConnectException(),
                new TaskTimeoutException("t"),
                new Exception(),
                new RuntimeException(),
                new java.util.concurrent.TimeoutException());
        List<Throwable> no = List.of(
                new NullPointerException(),
                new IllegalArgumentException(),
                new IllegalStateException(),
                new ClassCastException(),
                new ArithmeticException(),
                new IndexOutOfBoundsException(),
                new UnsupportedOperationException(),
                new IllegalRequestException("c"),
                new InterruptedException(),
                new AssertionError(),
                new OutOfMemoryError());

        assertThat(yes).allMatch(RetryDefaults::retried).allMatch(e -> RetryDefaults.retried(recorded(e)));
        assertThat(no).noneMatch(RetryDefaults::retried).noneMatch(e -> RetryDefaults.retried(recorded(e)));
        assertThat(RetryPolicy.builder().retryOn(IOException.class).build().matches(recorded(new ConnectException())))
                .isTrue();
    }

    @Tag("B073")
    @Test
    void delaysGrowToTheirLimitAndJitterAddsUpToASecond() {
        RetryPolicy policy = RetryPolicy.builder()
                .initialInterval(Duration.ofMillis(500))
                .maxInterval(Duration.ofSeconds(3))
                .jitter(false)
                .build();
        List<Long> delays = new ArrayList<>();
        for (int k = 1; k < 6; k++) {
            delays.add(policy.delay(k, 0.5).toMillis());
        }

        assertThat(delays).containsExactly(500L, 1000L, 2000L, 3000L, 3000L);
        assertThat(RetryPolicy.builder().build().delay(1, 0.999).toMillis()).isEqualTo(1499);
        assertThat(policy.delay(5000, 0)).isEqualTo(Duration.ofSeconds(3));
        assertThatThrownBy(() -> RetryPolicy.builder().maxAttempts(0).build()).isInstanceOf(ClewException.class);
    }

    /** Whatever the policy: huge ones, those without a pause, and first intervals longer than the longest, too. */
    @Test
    void noDelayIsLongerThanTheLongestIntervalOrNegative() {
        Random random = new Random(18);
        for (int trial = 0; trial < 20_000; trial++) {
            Duration longest = anyDuration(random);
            RetryPolicy policy = RetryPolicy.builder()
                    .initialInterval(anyDuration(random))
                    .maxInterval(longest)
                    .backoff(1 + Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(300)))
                    .jitter(random.nextInt(4) > 0)
                    .build();
            int failed = 1 + random.nextInt(1 << random.nextInt(31));
            double chance = random.nextInt(3) == 0 ? Math.nextDown(1.0) : random.nextDouble();

            assertThat(policy.delay(failed, chance))
                    .as("trial %s: at most %s after %s failures", trial, longest, failed)
                    .isBetween(Duration.ZERO, longest);
        }
    }

    private static Duration anyDuration(Random random) {
        long seconds = random.nextLong() >>> (1 + random.nextInt(63));
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofNanos(seconds);
            case 1 -> Duration.ofSeconds(seconds, random.nextInt(1_000_000_000));
            case 2 -> Duration.ofSeconds(Long.MAX_VALUE);
            default -> Duration.ZERO;
        };
    }

    private static TaskFailedException recorded(Throwable thrown) {
        return new TaskFailedException(Failure.of(thrown, "p", 1));
    }
}
