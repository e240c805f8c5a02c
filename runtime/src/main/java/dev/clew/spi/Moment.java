package dev.clew.spi;

import java.util.OptionalInt;

/**
 * What a configuration's checkpoint names: a checkpoint, and perhaps a superstep of the run that it opened. As a text, with
 * a slash between them.
 *
 * <pre>{@code
 * Moment.of("0006…-3f2a/4").superstep()   // 4
 * }</pre>
 *
 * @param checkpointId the checkpoint
 * @param superstep after how many supersteps; empty for a checkpoint alone
 */
public record Moment(String checkpointId, OptionalInt superstep) {
    /** Reads what {@code RunConfig.checkpoint()} has. */
    public static Moment of(String text) {
        int slash = text.lastIndexOf('/');
        boolean inside = slash > 0
                && slash < text.length() - 1
                && text.length() - slash <= 10
                && text.substring(slash + 1).chars().allMatch(c -> c >= '0' && c <= '9');
        return inside
                ? new Moment(text.substring(0, slash), OptionalInt.of(Integer.parseInt(text.substring(slash + 1))))
                : new Moment(text, OptionalInt.empty());
    }
}
