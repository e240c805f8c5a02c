package dev.clew.schedules;

import dev.clew.schedule.Ticks;
import dev.clew.schedule.TicksReader;
import dev.clew.value.IllegalRequestException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/**
 * Reads the stored form of {@link Cron}. {@link java.util.ServiceLoader} finds it; programs do not need it.
 *
 * <pre>{@code
 * Ticks nightly = new CronReader().read("0 3 * * * Europe/Berlin");
 * }</pre>
 */
public final class CronReader implements TicksReader {
    /** For the service loader. */
    public CronReader() {}

    @Override
    public String kind() {
        return Cron.KIND;
    }

    @Override
    public Ticks read(String text) {
        int until = text.indexOf(Cron.UNTIL);
        if (until < 0) {
            return endless(text);
        }
        try {
            return endless(text.substring(0, until)).until(Instant.parse(text.substring(until + Cron.UNTIL.length())));
        } catch (DateTimeParseException none) {
            throw new IllegalRequestException("'" + text + "' ends with no moment in UTC", none);
        }
    }

    private static Cron endless(String text) {
        int space = text.lastIndexOf(' ');
        try {
            return Cron.of(text.substring(0, Math.max(0, space)), ZoneId.of(text.substring(space + 1)));
        } catch (DateTimeException unknown) {
            throw new IllegalRequestException(
                    "'" + text
                            + "' ends with no zone that this JVM knows; its tzdata may be older than that of the process"
                            + " that stored it",
                    unknown);
        }
    }
}
