package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.postgres.ReadyFrom.Place;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestDeployments;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadyFromTest {
    private static final String QUEUE = "essays";
    private static final long SLOW = Duration.ofMillis(30).toNanos();
    private static final long VERY_SLOW = Duration.ofSeconds(1).toNanos();
    private static final Instant ENQUEUED_AT = Instant.ofEpochSecond(7);

    private final ReadyFrom from = new ReadyFrom();

    /** Takes from the beginning, one after another. */
    private void takes(int times, long nanos, List<RequestRow> found) {
        for (int i = 0; i < times; i++) {
            from.took(QUEUE, Place.BEGINNING, found, 0, nanos);
        }
    }

    private static List<RequestRow> found() {
        QueuedRun run = new QueuedRun(
                "t-1", "r-1", QUEUE, "Essay.write", 3, null, false, Duration.ZERO, new byte[0], new byte[0]);
        return List.of(new RequestRow(
                run,
                RequestState.TAKEN,
                false,
                ENQUEUED_AT,
                null,
                "ann",
                1,
                0,
                false,
                null,
                RequestDeployments.NONE,
                null));
    }

    @Test
    void beginsAtTheBeginningWhileTakesAreFast() {
        takes(5, SLOW / 2, found());

        assertThat(from.of(QUEUE, SLOW)).isEqualTo(Place.BEGINNING);
    }

    @Test
    void aSlowTakeOrTwoChangeNothing() {
        takes(2, SLOW, found());

        assertThat(from.of(QUEUE, SLOW)).isEqualTo(Place.BEGINNING);
    }

    @Test
    void threeSlowTakesBeginAtWhatTheyFound() {
        takes(3, SLOW, found());

        Place place = from.of(QUEUE, SLOW);
        assertThat(place.priority()).isEqualTo(3);
        assertThat(place.enqueuedAt()).isEqualTo(Moments.stored(ENQUEUED_AT));
        assertThat(from.of("others", SLOW)).isEqualTo(Place.BEGINNING);
    }

    @Test
    void whatIsReadyBeforeItWaitsTenTimesAsLongAsATakeTook() {
        takes(3, SLOW, found());

        assertThat(from.of(QUEUE, 11 * SLOW - 1)).isNotEqualTo(Place.BEGINNING);
        assertThat(from.of(QUEUE, 11 * SLOW)).isEqualTo(Place.BEGINNING);
    }

    @Test
    void whatIsReadyBeforeItWaitsTwoSecondsAtMost() {
        takes(3, VERY_SLOW, found());

        assertThat(from.of(QUEUE, 3 * VERY_SLOW - 1)).isNotEqualTo(Place.BEGINNING);
        assertThat(from.of(QUEUE, 3 * VERY_SLOW)).isEqualTo(Place.BEGINNING);
    }

    @Test
    void aFastTakeFromTheBeginningEndsIt() {
        takes(3, SLOW, found());

        takes(1, SLOW / 2, List.of());

        assertThat(from.of(QUEUE, SLOW)).isEqualTo(Place.BEGINNING);
    }
}
