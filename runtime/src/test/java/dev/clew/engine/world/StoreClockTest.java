package dev.clew.engine.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class StoreClockTest {
    private static final Instant START = Instant.parse("2031-05-17T08:30:00Z");

    private Instant storeSays = START;
    private long nanos;
    private Supplier<Instant> store = () -> storeSays;
    private final StoreClock clock = new StoreClock(() -> store.get(), () -> nanos);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private Instant now() {
        return Time.toInstant(clock.micros());
    }

    @Test
    void carriesTheStoresReadingOnByTheMonotonicClock() {
        assertThat(now()).isEqualTo(START);

        storeSays = START.plusSeconds(1_000);
        pass(Duration.ofSeconds(5));

        assertThat(now()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void isSetForwardWhereItIsBehind() {
        clock.synchronize();
        storeSays = START.plusSeconds(60);
        pass(Duration.ofSeconds(10));

        clock.synchronize();

        assertThat(now()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void standsStillUntilTheStoreHasCaughtUpWhereItIsAhead() {
        clock.synchronize();
        storeSays = START.plusSeconds(4);
        pass(Duration.ofSeconds(10));
        clock.synchronize();

        assertThat(now()).isEqualTo(START.plusSeconds(10));
        pass(Duration.ofSeconds(5));
        assertThat(now()).isEqualTo(START.plusSeconds(10));
        pass(Duration.ofSeconds(5));
        assertThat(now()).isEqualTo(START.plusSeconds(14));
    }

    @Test
    void isLeftAloneWhereASlowAnswerAllowsForWhatItShows() {
        clock.synchronize();
        pass(Duration.ofSeconds(10));
        store = () -> {
            pass(Duration.ofSeconds(3));
            return START.plusSeconds(11);
        };

        clock.synchronize();

        assertThat(now()).isEqualTo(START.plusSeconds(13));
        pass(Duration.ofSeconds(1));
        assertThat(now()).isEqualTo(START.plusSeconds(14));
    }

    @Test
    void asksTheStoreOnlyOnceAMoment() {
        clock.synchronize();
        storeSays = START.plusSeconds(60);
        pass(Duration.ofMillis(999));

        clock.synchronize();

        assertThat(now()).isEqualTo(START.plusMillis(999));
    }

    @Test
    void failsAsTheStoreDoesUntilItWasReadOnce() {
        store = () -> {
            throw new CheckpointException("the store is gone");
        };
        assertThatThrownBy(clock::micros).isInstanceOf(CheckpointException.class);
        assertThatThrownBy(clock::synchronize).isInstanceOf(CheckpointException.class);

        store = () -> START;

        assertThat(now()).isEqualTo(START);
    }
}
