package dev.clew.engine.format;

import dev.clew.engine.log.ArgumentFormat.Kept;
import dev.clew.state.StepArgument;
import dev.clew.value.Codec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a step was recorded with, what it is called with, and where both differ first. */
public final class ArgumentDifference {
    /** How much of all arguments, and of one value, a message shows. */
    private static final int LONGEST_CALL = 400;

    private static final int LONGEST_VALUE = 200;

    /** How many bytes of a long value a message shows around a difference. */
    private static final int AROUND = 24;

    private final Codec codec;

    public ArgumentDifference(Codec codec) {
        this.codec = codec;
    }

    /** {@code it was recorded with {amount: 5}, and is called with {amount: 7}; amount was 5 and is 7}. */
    public String between(List<Kept> recorded, List<Kept> called) {
        return "it was recorded with " + shown(recorded) + ", and is called with " + shown(called) + "; "
                + first(recorded, called);
    }

    public String shown(List<Kept> arguments) {
        StringBuilder text = new StringBuilder("{");
        for (Kept kept : arguments) {
            StepArgument shown = KeptArguments.shown(kept, codec);
            Object value = shown.value();
            text.append(text.length() == 1 ? "" : ", ")
                    .append(kept.name().isEmpty() ? "?" : kept.name())
                    .append(": ")
                    .append(
                            shown.cut()
                                    ? PlainText.cut(String.valueOf(value), LONGEST_VALUE)
                                    : PlainText.of(value, LONGEST_VALUE));
        }
        return PlainText.cut(text.append('}').toString(), LONGEST_CALL);
    }

    private String first(List<Kept> recorded, List<Kept> called) {
        if (recorded.size() != called.size()) {
            return "it had " + recorded.size() + " arguments and has " + called.size();
        }
        for (int i = 0; i < recorded.size(); i++) {
            String found = first(recorded.get(i), called.get(i));
            if (found != null) {
                return found;
            }
        }
        return "no difference shows in what is kept of them";
    }

    private @Nullable String first(Kept recorded, Kept called) {
        String name = called.name().isEmpty() ? "?" : called.name();
        if (recorded.isCut() || called.isCut()) {
            return firstOfBytes(name, recorded, called);
        }
        ValueDifference found =
                ValueDifference.first(codec.decodePlain(recorded.bytes()), codec.decodePlain(called.bytes()));
        return found == null ? null : below(name, found).text(LONGEST_VALUE);
    }

    private static ValueDifference below(String name, ValueDifference found) {
        String path = found.path();
        String joined = path.isEmpty() || path.startsWith("[") ? name + path : name + "." + path;
        return new ValueDifference(joined, found.before(), found.now());
    }

    /** Of values that are not kept whole only the stored forms can be compared, as far as they are kept. */
    private static @Nullable String firstOfBytes(String name, Kept recorded, Kept called) {
        byte[] before = recorded.bytes();
        byte[] now = called.bytes();
        int common = Math.min(before.length, now.length);
        int at = Arrays.mismatch(Arrays.copyOf(before, common), Arrays.copyOf(now, common));
        if (at >= 0) {
            return name + " differs from byte " + at + " of its stored form on: it was " + around(before, at)
                    + " and is " + around(now, at);
        }
        return recorded.whole() == called.whole()
                ? null
                : name + " had " + recorded.whole() + " bytes and has " + called.whole() + ", of which the first "
                        + common + " are the same";
    }

    private static String around(byte[] bytes, int at) {
        int from = start(bytes, Math.max(0, at - AROUND));
        int to = start(bytes, Math.min(bytes.length, at + AROUND));
        return "…" + new String(bytes, from, to - from, StandardCharsets.UTF_8) + "…";
    }

    /** Where a character of UTF-8 begins, here or shortly before. */
    private static int start(byte[] bytes, int at) {
        int start = at;
        while (start > 0 && start < bytes.length && start > at - 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        return start;
    }
}
