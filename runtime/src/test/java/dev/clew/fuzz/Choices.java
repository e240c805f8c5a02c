package dev.clew.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An input read as decisions, one byte after another; at its end all are zero. */
public final class Choices {
    private final byte[] input;
    private int at;

    public Choices(byte[] input) {
        this.input = input;
    }

    public boolean isEmpty() {
        return at >= input.length;
    }

    /** Between 0 and 255. */
    public int octet() {
        return isEmpty() ? 0 : input[at++] & 0xff;
    }

    /** Less than the bound, which may be more than one byte can say. */
    public int below(int bound) {
        int chosen = bound <= 256 ? octet() : octet() << 16 | octet() << 8 | octet();
        return chosen % bound;
    }

    public boolean yes() {
        return (octet() & 1) == 1;
    }

    /** So many bytes, or what is left. */
    public byte[] bytes(int length) {
        byte[] taken = Arrays.copyOfRange(input, at, Math.min(input.length, at + length));
        at += taken.length;
        return taken;
    }

    public byte[] rest() {
        return bytes(input.length - at);
    }

    /** A text of up to 255 bytes. */
    public String text() {
        return text(bytes(octet()));
    }

    /** A text of all that is left. */
    public String restAsText() {
        return text(rest());
    }

    /** UTF-8, or after a byte 0xff that no UTF-8 has UTF-16, of which halves of pairs can be made. */
    private static String text(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == (byte) 0xff
                ? new String(wide(bytes))
                : new String(bytes, StandardCharsets.UTF_8);
    }

    private static char[] wide(byte[] bytes) {
        char[] units = new char[(bytes.length - 1) / 2];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) ((bytes[2 * i + 1] & 0xff) << 8 | bytes[2 * i + 2] & 0xff);
        }
        return units;
    }
}
