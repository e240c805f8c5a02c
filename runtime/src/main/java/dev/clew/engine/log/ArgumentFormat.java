package dev.clew.engine.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The clear stored form of what a step was called with: for messages and people, never decoded for a call.
 *
 * <pre>
 * arguments = count (name whole bytes)*      text, varint, bytes; whole is the length before bytes were cut
 * </pre>
 *
 * All together has at most {@link #LONGEST} bytes. Short arguments are kept whole, and the long ones share what is left.
 */
public final class ArgumentFormat {
    /** How many bytes are kept of one call. */
    public static final int LONGEST = 4_096;

    /** More than the numbers before one argument take. */
    private static final int NUMBERS = 12;

    private ArgumentFormat() {}

    /**
     * One argument.
     *
     * @param whole how many bytes it had
     * @param bytes the first of its clear bytes; they never end within a character of UTF-8
     */
    public record Kept(String name, int whole, byte[] bytes) {
        public boolean isCut() {
            return bytes.length < whole;
        }
    }

    /** As much as is kept of arguments with these names and clear bytes; names that do not fit are left out. */
    public static List<Kept> cut(List<String> names, List<byte[]> clear) {
        int count = clear.size();
        int named = 0;
        for (String name : names) {
            named += 3 * name.length();
        }
        boolean nameless = named > LONGEST / 2;
        int left = LONGEST - NUMBERS * (count + 1) - (nameless ? 0 : named);
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = clear.get(i).length;
        }
        Arrays.sort(lengths);
        int most = 0;
        for (int i = 0; i < count; i++) {
            most = Math.max(0, left / (count - i));
            left -= Math.min(most, lengths[i]);
        }
        List<Kept> kept = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] bytes = clear.get(i);
            kept.add(new Kept(nameless ? "" : names.get(i), bytes.length, cut(bytes, most)));
        }
        return kept;
    }

    private static byte[] cut(byte[] bytes, int most) {
        if (bytes.length <= most) {
            return bytes;
        }
        int end = most;
        while (end > 0 && end > most - 4 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    /** What {@link #write(List)} makes of what is {@link #cut(List, List)}; short arguments are written as they are. */
    public static byte[] write(List<String> names, List<byte[]> clear) {
        int room = NUMBERS * (clear.size() + 1);
        int named = 0;
        for (int i = 0; i < clear.size(); i++) {
            named += 3 * names.get(i).length();
            room += clear.get(i).length;
        }
        if (named > LONGEST / 2 || room + named > LONGEST) {
            return write(cut(names, clear));
        }
        EntryWriter out = new EntryWriter(room + named).number(clear.size());
        for (int i = 0; i < clear.size(); i++) {
            byte[] bytes = clear.get(i);
            out.text(names.get(i)).number(bytes.length).bytes(bytes);
        }
        return out.trimmed();
    }

    public static byte[] write(List<Kept> arguments) {
        EntryWriter out = new EntryWriter().number(arguments.size());
        for (Kept kept : arguments) {
            out.text(kept.name()).number(kept.whole()).bytes(kept.bytes());
        }
        return out.trimmed();
    }

    /**
     * The arguments of these bytes.
     *
     * @throws dev.clew.checkpoint.CheckpointException if the bytes are none; {@code where} names the entry
     */
    public static List<Kept> read(byte[] bytes, String where) {
        EntryReader in = EntryReader.part(bytes, where);
        int count = in.small();
        List<Kept> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(new Kept(in.text(), in.small(), in.bytes()));
        }
        in.end();
        return arguments;
    }
}
