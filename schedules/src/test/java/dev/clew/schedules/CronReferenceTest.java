package dev.clew.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random expressions, in zones and weeks where clocks are changed, have the ticks that going through every minute finds. */
final class CronReferenceTest {
    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "America/New_York",
            "America/St_Johns",
            "Australia/Lord_Howe", // half an hour
            "Antarctica/Troll", // two hours
            "Pacific/Apia", // a whole day
            "Africa/Casablanca",
            "America/Sao_Paulo", // at midnight
            "Asia/Kathmandu",
            "UTC");
    private static final int EXPRESSIONS = 160;

    /** A field's text, and the numbers that it stands for; null for all. */
    private record Field(String text, SortedSet<Integer> values) {
        boolean isAny() {
            return text.equals("*") || text.equals("*/1");
        }

        boolean has(int value) {
            return values == null || values.contains(value);
        }
    }

    private record Expression(Field minute, Field hour, Field day, Field month, Field weekday) {
        static Expression random(Random random) {
            return new Expression(
                    field(random, 0, 59),
                    field(random, 0, 23),
                    field(random, 1, 31),
                    field(random, 1, 12),
                    field(random, 0, 6));
        }

        private static Field field(Random random, int first, int last) {
            int a = first + random.nextInt(last - first + 1);
            int b = a + random.nextInt(last - a + 1);
            int step = 1 + random.nextInt(Math.max(1, (last - first) / 2));
            return switch (random.nextInt(6)) {
                case 0, 1 -> new Field("*", null);
                case 2 -> stepped("*/" + step, first, last, step);
                case 3 -> stepped(a + "-" + b, a, b, 1);
                case 4 -> stepped(a + "-" + b + "/" + step, a, b, step);
                default -> {
                    SortedSet<Integer> some = new TreeSet<>(List.of(a, last));
                    some.add(b);
                    yield new Field(some.stream().map(String::valueOf).collect(Collectors.joining(",")), some);
                }
            };
        }

        private static Field stepped(String text, int from, int to, int step) {
            SortedSet<Integer> values = new TreeSet<>();
            for (int value = from; value <= to; value += step) {
                values.add(value);
            }
            return new Field(text, values);
        }

        String text() {
            return String.join(" ", minute.text(), hour.text(), day.text(), month.text(), weekday.text());
        }

        boolean matches(LocalDateTime time) {
            return minute.has(time.getMinute())
                    && hour.has(time.getHour())
                    && month.has(time.getMonthValue())
                    && isDay(time);
        }

        private boolean isDay(LocalDateTime time) {
            boolean isDate = day.has(time.getDayOfMonth());
            boolean isWeekday = weekday.has(time.getDayOfWeek().getValue() % 7);
            boolean isOneEnough = !day.isAny() && !weekday.isAny();
            return isOneEnough ? isDate || isWeekday : isDate && isWeekday;
        }

        boolean hasDate() {
            for (LocalDate date = LocalDate.of(2000, 1, 1); date.getYear() < 2029; date = date.plusDays(1)) {
                if (month.has(date.getMonthValue()) && isDay(date.atStartOfDay())) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void cronHasTheTicksThatEveryMinuteOfItsZoneHas() {
        Random random = new Random(0x5eed);
        int compared = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            Expression expression = Expression.random(random);
            ZoneId zone = ZoneId.of(ZONES.get(i % ZONES.size()));
            if (!expression.hasDate()) {
                continue;
            }
            Instant from = beginning(random, zone);
            Instant to = from.plusSeconds(5 * 24 * 3600);

            List<Instant> ticks = ticks(Cron.of(expression.text(), zone), from, to);

            List<Instant> wanted = List.copyOf(reference(expression, zone, from, to));
            assertThat(ticks)
                    .as("%s in %s from %s", expression.text(), zone, from)
                    .isEqualTo(wanted);
            compared += wanted.size();
        }
        assertThat(compared).isGreaterThan(2_000);
    }

    /** Two days before clocks are changed, if they ever are. */
    private static Instant beginning(Random random, ZoneId zone) {
        Instant year = LocalDateTime.of(2000 + random.nextInt(90), 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
        if (zone.getId().equals("Pacific/Apia") || zone.getId().equals("America/Sao_Paulo")) {
            year = LocalDateTime.of(2005 + random.nextInt(7), 3, 1, 0, 0).toInstant(ZoneOffset.UTC);
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(year);
        Instant around = change == null ? year : change.getInstant();
        return around.minusSeconds(2 * 24 * 3600L + random.nextInt(100_000));
    }

    private static List<Instant> ticks(Cron cron, Instant from, Instant to) {
        List<Instant> ticks = new ArrayList<>();
        for (Instant tick = cron.next(from).orElse(to);
                tick.isBefore(to);
                tick = cron.next(tick).orElse(to)) {
            ticks.add(tick);
        }
        return ticks;
    }

    /** Knows nothing of transitions: it asks for each minute which offsets are valid. */
    private static SortedSet<Instant> reference(Expression expression, ZoneId zone, Instant from, Instant to) {
        SortedSet<Instant> ticks = new TreeSet<>();
        LocalDateTime end = LocalDateTime.ofInstant(to, zone).plusDays(2);
        LocalDateTime begin = LocalDateTime.ofInstant(from, zone).minusDays(2);
        for (LocalDateTime time = begin.withSecond(0).withNano(0); time.isBefore(end); time = time.plusMinutes(1)) {
            if (expression.matches(time)) {
                LocalDateTime there = time;
                while (zone.getRules().getValidOffsets(there).isEmpty()) {
                    there = there.plusMinutes(1);
                }
                // The first of two moments has the larger offset.
                Instant tick = zone.getRules().getValidOffsets(there).stream()
                        .map(there::toInstant)
                        .min(Instant::compareTo)
                        .orElseThrow();
                if (tick.isAfter(from) && tick.isBefore(to)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
