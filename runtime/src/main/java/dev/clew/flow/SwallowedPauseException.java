package dev.clew.flow;

import dev.clew.value.ClewException;
import org.jspecify.annotations.Nullable;

/**
 * A body caught the signal that unwinds it for a pause, again and again, and went on calling: typically {@code catch
 * (Throwable)} in a loop. Its thread was left alone and the run is BLOCKED. Let errors pass, then {@code
 * Command.proceed()} goes on.
 *
 * <pre>{@code
 * while (true) {
 *   try {
 *     return run.interrupt(KEY, question);
 *   } catch (Exception retry) {         // not Throwable
 *     log.warn("again", retry);
 *   }
 * }
 * }</pre>
 */
public final class SwallowedPauseException extends ClewException {
    private static final long serialVersionUID = 1L;

    /**
     * @param where the scope whose code it was
     * @param calls how many calls were refused
     * @param reason why the scope was being unwound
     * @param cause what it did not let pass, if that has a cause of its own
     */
    public SwallowedPauseException(String where, int calls, String reason, @Nullable Throwable cause) {
        super(
                "the code of " + where + " swallowed the signal that unwinds it (" + reason + ") " + calls
                        + " times, so its thread was left alone, and the run is blocked; let errors pass, and do not"
                        + " catch Throwable around durable calls; then Command.proceed() goes on",
                cause);
    }
}
