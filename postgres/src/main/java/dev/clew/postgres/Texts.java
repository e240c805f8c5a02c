package dev.clew.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.checkpoint.CheckpointException;
import org.jspecify.annotations.Nullable;

/**
 * Text as it is stored. PostgreSQL has no U+0000, so it is stored as U+0001 U+0001, and U+0001 as U+0001 U+0002: every text
 * comes back, and the order stays. A lone surrogate has no form in UTF-8 and is refused.
 */
final class Texts {
    /** What a key of three ids and the page of an index allow for. */
    static final int LONGEST_THREAD_ID = 1_500;

    static final int LONGEST_NAME = 500;

    private static final char NUL = '\u0000';
    private static final char ESCAPE = '\u0001';
    private static final char ESCAPED = '\u0002';

    private Texts() {}

    static String stored(String text) {
        requireWellFormed(text);
        if (text.indexOf(NUL) < 0 && text.indexOf(ESCAPE) < 0) {
            return text;
        }
        StringBuilder stored = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == NUL) {
                stored.append(ESCAPE).append(ESCAPE);
            } else if (each == ESCAPE) {
                stored.append(ESCAPE).append(ESCAPED);
            } else {
                stored.append(each);
            }
        }
        return stored.toString();
    }

    static String read(String stored) {
        if (stored.indexOf(ESCAPE) < 0) {
            return stored;
        }
        StringBuilder text = new StringBuilder(stored.length());
        for (int i = 0; i < stored.length(); i++) {
            char each = stored.charAt(i);
            if (each == ESCAPE && i + 1 < stored.length()) {
                i++;
                text.append(stored.charAt(i) == ESCAPE ? NUL : ESCAPE);
            } else {
                text.append(each);
            }
        }
        return text.toString();
    }

    static @Nullable String readOrNull(@Nullable String stored) {
        return stored == null ? null : read(stored);
    }

    /** Refuses an id that no key could have. */
    static void requireFits(String what, String id, int longest) {
        if (id.length() * 3L > longest) {
            int bytes = stored(id).getBytes(UTF_8).length;
            if (bytes > longest) {
                throw new CheckpointException("a " + what + " has " + bytes + " bytes, and PostgreSQL keeps at most "
                        + longest + "; shorten it");
            }
        }
    }

    /** A lone surrogate would be stored as a question mark: two ids would become one. */
    private static void requireWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new CheckpointException("an id, a name or a metadata entry is not well-formed Unicode: char "
                            + i + " is half of a surrogate pair");
                }
                i++;
            }
        }
    }
}
