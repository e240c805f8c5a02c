package dev.clew.engine.format;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain data as a short text for messages: texts quoted, maps in braces, and what is too long cut with an ellipsis. */
final class PlainText {
    private final int longest;
    private final StringBuilder text = new StringBuilder();

    private PlainText(int longest) {
        this.longest = longest;
    }

    static String of(@Nullable Object plain, int longest) {
        PlainText out = new PlainText(longest);
        out.write(plain);
        return cut(out.text.toString(), longest);
    }

    /** No more than so many characters, and an ellipsis in place of the others; never half of a surrogate pair. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }

    private void write(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> map) {
            text.append('{');
            for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext() && hasRoom(); ) {
                Map.Entry<?, ?> member = i.next();
                text.append(member.getKey()).append(": ");
                write(member.getValue());
                text.append(i.hasNext() ? ", " : "");
            }
            text.append('}');
        } else if (plain instanceof List<?> list) {
            text.append('[');
            for (Iterator<?> i = list.iterator(); i.hasNext() && hasRoom(); ) {
                write(i.next());
                text.append(i.hasNext() ? ", " : "");
            }
            text.append(']');
        } else if (plain instanceof String value) {
            // One more than there is room for, so that the whole is cut and says so.
            String shown = value.length() > longest ? value.substring(0, longest + 1) : value;
            text.append('"').append(shown).append('"');
        } else {
            text.append(plain);
        }
    }

    private boolean hasRoom() {
        return text.length() <= longest;
    }
}
