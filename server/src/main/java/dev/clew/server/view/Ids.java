package dev.clew.server.view;

import dev.clew.server.json.Json;
import dev.clew.server.kernel.ApiRefusal;
import java.security.SecureRandom;
import java.util.UUID;

/** Ids that the server makes, and what those of clients must be like. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST = 500;

    private Ids() {}

    /** A new id: a UUID that is ordered by time (RFC 9562, version 7). */
    public static String fresh() {
        long random = RANDOM.nextLong();
        long high = System.currentTimeMillis() << 16 | 0x7000L | random & 0xfffL;
        long low = RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** The id of a thread that a client names. */
    public static String requireThread(String id) {
        return require("thread_id", id);
    }

    /** An id that a client names. */
    public static String require(String what, String id) {
        boolean wrong = id.isBlank()
                || id.length() > LONGEST
                || id.chars().anyMatch(c -> c < ' ' || c == 127)
                || !Json.isWellFormed(id);
        if (wrong) {
            throw ApiRefusal.invalid(
                    "'" + what + "' must have 1 to " + LONGEST + " characters, none of them a control character");
        }
        return id;
    }

    /** A text by which something is found. */
    public static String requireWellFormed(String what, String text) {
        if (!Json.isWellFormed(text)) {
            throw ApiRefusal.invalid("'" + what + "' is not well-formed Unicode: it has half of a surrogate pair");
        }
        return text;
    }
}
