package dev.clew.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.schedule.Ticks;
import dev.clew.schedule.TicksReaders;
import dev.clew.value.IllegalRequestException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CronTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Instant at(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static List<Instant> ticks(Ticks ticks, Instant after, int count) {
        List<Instant> all = new ArrayList<>();
        Instant last = after;
        for (int i = 0; i < count; i++) {
            last = ticks.next(last).orElseThrow();
            all.add(last);
        }
        return all;
    }

    @Test
    void aTickThatFallsIntoTheGapFiresAtItsEnd() {
        Cron nightly = Cron.of("30 2 * * *", BERLIN);

        assertThat(ticks(nightly, at("2026-03-27T12:00:00+01:00"), 3))
                .containsExactly(
                        at("2026-03-28T02:30:00+01:00"),
                        at("2026-03-29T03:00:00+02:00"),
                        at("2026-03-30T02:30:00+02:00"));
    }

    @Test
    void ticksInOneGapAndAtItsEndAreOne() {
        Cron quarters = Cron.of("*/15 * * * *", BERLIN);

        assertThat(ticks(quarters, at("2026-03-29T01:40:00+01:00"), 3))
                .containsExactly(
                        at("2026-03-29T01:45:00+01:00"),
                        at("2026-03-29T03:00:00+02:00"),
                        at("2026-03-29T03:15:00+02:00"));
    }

    @Test
    void aTickThatExistsTwiceFiresAtTheFirst() {
        Cron nightly = Cron.of("30 2 * * *", BERLIN);
        Instant first = at("2026-10-25T02:30:00+02:00");

        assertThat(ticks(nightly, at("2026-10-24T12:00:00+02:00"), 2))
                .containsExactly(first, at("2026-10-26T02:30:00+01:00"));
        assertThat(nightly.next(at("2026-10-25T02:29:00+01:00"))).contains(at("2026-10-26T02:30:00+01:00"));
        assertThat(Cron.of("*/30 * * * *", BERLIN).next(at("2026-10-25T02:30:00+02:00")))
                .contains(at("2026-10-25T03:00:00+01:00"));
        assertThat(Cron.of("*/30 * * * *", BERLIN).next(at("2026-10-25T02:10:00+01:00")))
                .contains(at("2026-10-25T03:00:00+01:00"));
    }

    @Test
    void aDayThatAZoneLeftOutFiresAtItsEnd() {
        // Samoa had no 30 December 2011.
        Cron noon = Cron.of("0 12 * * *", ZoneId.of("Pacific/Apia"));

        assertThat(ticks(noon, at("2011-12-29T00:00:00-10:00"), 3))
                .containsExactly(
                        at("2011-12-29T12:00:00-10:00"),
                        at("2011-12-31T00:00:00+14:00"),
                        at("2011-12-31T12:00:00+14:00"));
    }

    @Test
    void aTickIsNeverTheMomentThatIsGiven() {
        Cron nightly = Cron.of("0 3 * * *", ZoneOffset.UTC);
        Instant tick = at("2026-05-01T03:00:00Z");

        assertThat(nightly.next(tick.minusNanos(1))).contains(tick);
        assertThat(nightly.next(tick)).contains(at("2026-05-02T03:00:00Z"));
        assertThat(nightly.next(tick.plusNanos(1))).contains(at("2026-05-02T03:00:00Z"));
    }

    @Test
    void theTwentyNinthOfFebruaryIsFoundAcrossTheYearWithoutOne() {
        Cron leap = Cron.of("0 0 29 2 *", ZoneOffset.UTC);

        assertThat(leap.next(at("2024-03-01T00:00:00Z"))).contains(at("2028-02-29T00:00:00Z"));
        assertThat(ticks(leap, at("2000-01-01T00:00:00Z"), 25)).last().isEqualTo(at("2096-02-29T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4 *", "0 0 31 2,4,6,9,11 *"})
    void anExpressionWithoutATickIsRefused(String expression) {
        assertThatThrownBy(() -> Cron.of(expression, BERLIN))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("has no tick");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "* * * *",
                "0 0 3 * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 13 *",
                "* * * * 8",
                "@daily",
                "a * * * *",
                "*/0 * * * *",
                "5-1 * * * *",
                "* * L * *",
                "* * * * 1#2",
                "* * ? * *",
                "-1 * * * *",
                "1, * * * *",
                "1- * * * *"
            })
    void whatIsNoExpressionIsRefused(String expression) {
        assertThatThrownBy(() -> Cron.of(expression, BERLIN))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("five fields");
    }

    @Test
    void namesAndBothSundaysAreRead() {
        Instant start = at("2026-01-01T00:00:00Z");
        Cron named = Cron.of("0 0 * FEB-MAR SUN", ZoneOffset.UTC);

        assertThat(ticks(named, start, 20))
                .isEqualTo(ticks(Cron.of("0 0 * 2-3 0", ZoneOffset.UTC), start, 20))
                .isEqualTo(ticks(Cron.of("0 0 * 2-3 7", ZoneOffset.UTC), start, 20))
                .first()
                .isEqualTo(at("2026-02-01T00:00:00Z"));
    }

    @Test
    void eitherDayIsEnoughIfBothAreGiven() {
        Cron either = Cron.of("0 0 13 * FRI", ZoneOffset.UTC);

        assertThat(ticks(either, at("2026-01-01T00:00:00Z"), 4))
                .containsExactly(
                        at("2026-01-02T00:00:00Z"),
                        at("2026-01-09T00:00:00Z"),
                        at("2026-01-13T00:00:00Z"),
                        at("2026-01-16T00:00:00Z"));
    }

    @Test
    void theStoredFormIsReadBack() {
        Cron nightly = Cron.of("  0  3 * * MON-FRI ", BERLIN);

        assertThat(nightly.text()).isEqualTo("cron:0 3 * * MON-FRI Europe/Berlin");
        assertThat(TicksReaders.ofThisThread().read(nightly.text()))
                .isEqualTo(nightly)
                .hasToString(nightly.text());
        assertThat(TicksReaders.ofThisThread()
                        .read("cron:0 3 * * * +02:00")
                        .next(LocalDateTime.parse("2026-01-01T00:00").toInstant(ZoneOffset.UTC)))
                .contains(at("2026-01-01T03:00:00+02:00"));
        assertThatThrownBy(() -> TicksReaders.ofThisThread().read("cron:0 3 * * * Mars/Olympus"))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("tzdata");
        assertThatThrownBy(() -> TicksReaders.ofThisThread().read("cron:")).isInstanceOf(IllegalRequestException.class);
    }

    @Test
    void noTickIsAtItsEndOrLater() {
        Cron hourly = Cron.of("0 * * * *", BERLIN).until(at("2026-01-01T03:00:00Z"));

        assertThat(ticks(hourly, at("2026-01-01T00:30:00Z"), 2))
                .containsExactly(at("2026-01-01T01:00:00Z"), at("2026-01-01T02:00:00Z"));
        assertThat(hourly.next(at("2026-01-01T02:00:00Z"))).isEmpty();
        assertThat(hourly.end()).contains(at("2026-01-01T03:00:00Z"));
        assertThat(hourly).isNotEqualTo(Cron.of("0 * * * *", BERLIN));
        assertThat(TicksReaders.ofThisThread().read(hourly.text()))
                .isEqualTo(hourly)
                .hasToString("cron:0 * * * * Europe/Berlin until 2026-01-01T03:00:00Z");
        assertThatThrownBy(() -> TicksReaders.ofThisThread().read("cron:0 * * * * Europe/Berlin until noon"))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("no moment");
    }
}
