package dev.clew.server.inspect;

import dev.clew.index.ThreadSearch;
import dev.clew.server.kernel.ApiRefusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** A place in a list of threads, as a text that clients send back. */
final class Cursor {
    private Cursor() {}

    static String write(ThreadSearch.Place place) {
        String text = place.moment() + " " + place.threadId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static ThreadSearch.Place read(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            if (space > 0 && space + 1 < text.length()) {
                return new ThreadSearch.Place(Instant.parse(text.substring(0, space)), text.substring(space + 1));
            }
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw wrong();
        }
        throw wrong();
    }

    private static ApiRefusal wrong() {
        return ApiRefusal.invalid("the parameter 'after' must be 'next' of the page before");
    }
}
