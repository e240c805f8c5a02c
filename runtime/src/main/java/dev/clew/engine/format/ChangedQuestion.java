package dev.clew.engine.format;

import dev.clew.value.Codec;
import org.jspecify.annotations.Nullable;

/** Says what differs between two contents of one question. */
public final class ChangedQuestion {
    /** How much of a content a message shows. */
    private static final int LONGEST_CONTENT = 400;

    private static final int LONGEST_VALUE = 200;

    private ChangedQuestion() {}

    /** {@code amount was 5 and is 7}. */
    public static String difference(Codec codec, byte[] before, byte[] now) {
        ValueDifference found = ValueDifference.first(codec.decodePlain(before), codec.decodePlain(now));
        return found == null
                ? "its content is the same, and the type of answer that its code wants has changed"
                : found.text(LONGEST_VALUE);
    }

    /** Both contents, and if they are more than one value, where they differ first. */
    public static String contents(Codec codec, byte[] before, byte[] now) {
        Object was = codec.decodePlain(before);
        Object is = codec.decodePlain(now);
        String both = "it was " + PlainText.of(was, LONGEST_CONTENT) + " and is " + PlainText.of(is, LONGEST_CONTENT);
        @Nullable ValueDifference found = ValueDifference.first(was, is);
        return found == null || found.path().isEmpty() ? both : both + "; " + found.text(LONGEST_VALUE);
    }
}
