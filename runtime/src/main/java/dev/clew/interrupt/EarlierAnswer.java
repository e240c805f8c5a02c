package dev.clew.interrupt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer that was given before its question was asked anew, because the question's content, or the type that its code
 * wants, had changed. It stays in the log with the content that it answered, and the run does not use it. Immutable, as far
 * as the values in it are.
 *
 * <pre>{@code
 * for (EarlierAnswer earlier : state.pending().get(0).earlier()) {
 *   System.out.println(earlier.answer() + " was given before; " + earlier.difference());
 * }
 * }</pre>
 *
 * @param id the id that the question had
 * @param question what was asked, as plain data (text, number, boolean, list, map)
 * @param answer what was answered, as plain data
 * @param at when the answer was recorded
 * @param difference what differs between that content and the present one, for people: {@code amount was 5 and is 7}
 */
public record EarlierAnswer(
        String id, @Nullable Object question, @Nullable Object answer, Instant at, String difference) {
    @Override
    public String toString() {
        return "EarlierAnswer[" + id + ", " + at + "]";
    }
}
