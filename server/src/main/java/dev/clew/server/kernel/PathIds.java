package dev.clew.server.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Ids in paths. Web servers refuse some texts in a path, such as a slash; an id that has them is written as {@code ~} and
 * its bytes in URL-safe Base64.
 *
 * <pre>{@code
 * PathIds.write("a/b");   // ~YS9i
 * }</pre>
 */
public final class PathIds {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:_-][A-Za-z0-9._:-]*");

    private PathIds() {}

    /** An id as a segment of a path. */
    public static String write(String id) {
        return PLAIN.matcher(id).matches()
                ? id
                : "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    /** The id that a raw segment stands for. */
    static String read(String segment) {
        String text = decoded(segment);
        if (!text.startsWith("~")) {
            return text;
        }
        try {
            return utf8(Base64.getUrlDecoder().decode(text.substring(1)));
        } catch (IllegalArgumentException none) {
            throw ApiRefusal.notFound("'" + text + "' is no id: what follows on ~ must be Base64");
        }
    }

    /** Undoes percent-encoding; a plus stays a plus. */
    static String decoded(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] bytes = new byte[raw.length() * 3];
        int length = 0;
        for (int i = 0; i < raw.length(); ) {
            char c = raw.charAt(i);
            if (c == '%') {
                int value = i + 2 < raw.length() ? hex(raw.charAt(i + 1)) << 4 | hex(raw.charAt(i + 2)) : -1;
                if (value < 0) {
                    throw ApiRefusal.badRequest("the address has a percent sign that is not followed by two digits");
                }
                bytes[length++] = (byte) value;
                i += 3;
            } else {
                byte[] one = raw.substring(i, raw.offsetByCodePoints(i, 1)).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(one, 0, bytes, length, one.length);
                length += one.length;
                i = raw.offsetByCodePoints(i, 1);
            }
        }
        return utf8(Arrays.copyOf(bytes, length));
    }

    private static int hex(char digit) {
        int value = Character.digit(digit, 16);
        return value < 0 ? Integer.MIN_VALUE : value;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw ApiRefusal.badRequest("the address is not well-formed UTF-8");
        }
    }
}
