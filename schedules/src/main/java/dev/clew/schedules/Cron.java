package dev.clew.schedules;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.clew.schedule.Ticks;
import dev.clew.value.IllegalRequestException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ticks by a cron expression and the local time of a zone. Immutable and thread-safe. Equal if expression zone and end are.
 *
 * <p>The expression has the five fields of Unix: minute (0-59), hour (0-23), day of the month (1-31), month (1-12 or JAN-DEC)
 * and day of the week (0-7 or SUN-SAT; 0 and 7 are Sunday). A field is {@code *}, a number, a range {@code 1-5}, one of them with
 * a step, {@code *}{@code /15} or {@code 9-17/2}, or a list of those. If neither the day of the month nor the day of the
 * week is {@code *} or {@code *}{@code /1}, one of them is enough. There are no seconds, years, nicknames such as {@code @daily}, and no {@code L}, {@code W}, {@code #} and
 * {@code ?}.
 *
 * <p><b>When clocks are changed.</b> A local time that does not exist, because clocks are set forward over it, fires at the end
 * of the gap: in Berlin {@code 30 2 * * *} fires at 3:00 on the last Sunday of March. A local time that exists twice, because
 * clocks are set back, fires at the first. Several ticks in a gap are one. So {@code *}{@code /15 * * * *} does not fire
 * in the second of two equal hours; {@link dev.clew.schedule.Every} does.
 *
 * <pre>{@code
 * graph.write().schedule("nightly", Cron.of("0 3 * * *", ZoneId.of("Europe/Berlin")), "news", RunConfig.none());
 * }</pre>
 */
public final class Cron implements Ticks {
    static final String KIND = "cron";

    /** Between the zone and the end. */
    static final String UNTIL = " until ";

    private static final CronDefinition UNIX = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);

    /** From here on an expression must have a tick; leap years and all weekdays of each date follow. */
    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

    private final String expression;
    private final ZoneId zone;
    private final ExecutionTime local;
    private final @Nullable Instant end;

    private Cron(String expression, ZoneId zone, ExecutionTime local, @Nullable Instant end) {
        this.expression = expression;
        this.zone = zone;
        this.local = local;
        this.end = end;
    }

    /**
     * Returns the ticks of an expression in the local time of a zone.
     *
     * @throws IllegalRequestException if the expression has another form, or no tick at all, such as the 30th of February
     */
    public static Cron of(String expression, ZoneId zone) {
        String fields = expression.strip().replaceAll("\\s+", " ");
        Cron cron = new Cron(fields, zone, parse(fields), null);
        if (cron.next(BEGINNING).isEmpty()) {
            throw new IllegalRequestException("cron expression '" + fields + "' has no tick: no such date exists");
        }
        return cron;
    }

    private static ExecutionTime parse(String fields) {
        try {
            return ExecutionTime.forCron(new CronParser(UNIX).parse(fields));
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalRequestException(
                    "'" + fields
                            + "' is no cron expression of the five fields minute, hour, day of the month, month and day"
                            + " of the week: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** Returns the expression, with one space between its fields. */
    public String expression() {
        return expression;
    }

    /** Returns the zone whose local time counts. */
    public ZoneId zone() {
        return zone;
    }

    /**
     * Returns the same ticks, but none at this moment or later. Workers of an older version cannot read them, and leave their
     * schedule to others.
     *
     * <pre>{@code
     * Cron.of("0 9 * * 1-5", zone).until(Instant.parse("2032-01-01T00:00:00Z"))
     * }</pre>
     */
    public Cron until(Instant moment) {
        return new Cron(expression, zone, local, moment);
    }

    /** Returns the moment from which on there are no ticks; empty if they do not end. */
    public Optional<Instant> end() {
        return Optional.ofNullable(end);
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return endless(after).filter(tick -> end == null || tick.isBefore(end));
    }

    private Optional<Instant> endless(Instant after) {
        Optional<LocalDateTime> tick = nextLocal(start(after));
        // In a gap and in an overlap, ticks of later local times may be no later moments.
        while (tick.isPresent() && !moment(tick.get()).isAfter(after)) {
            tick = nextLocal(tick.get());
        }
        return tick.map(this::moment);
    }

    /** A local time whose later ones alone can be ticks after this moment. */
    private LocalDateTime start(Instant after) {
        ZoneRules rules = zone.getRules();
        LocalDateTime time = LocalDateTime.ofInstant(after, zone);
        @Nullable ZoneOffsetTransition change = rules.getTransition(time);
        boolean isSecond =
                change != null && change.isOverlap() && rules.getOffset(after).equals(change.getOffsetAfter());
        return isSecond ? change.getDateTimeBefore().minusSeconds(1) : time;
    }

    /** The library counts in a zone without changes. Its own rules leave out what falls into a gap. */
    private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
        return local.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    private Instant moment(LocalDateTime time) {
        ZoneRules rules = zone.getRules();
        @Nullable ZoneOffsetTransition change = rules.getTransition(time);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        return time.toInstant(change == null ? rules.getOffset(time) : change.getOffsetBefore());
    }

    @Override
    public String text() {
        return KIND + ":" + expression + " " + zone.getId() + (end == null ? "" : UNTIL + end);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cron that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
