package dev.clew.schedules;

import dev.clew.schedule.Ticks;
import dev.clew.schedule.TicksReader;
import dev.clew.value.IllegalRequestException;
import java.time.DateTimeException;
import java.time.ZoneId;

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
