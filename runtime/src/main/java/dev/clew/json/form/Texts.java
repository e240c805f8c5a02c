package dev.clew.json.form;

import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Text in JSON, half a surrogate pair included: text cut at a fixed length has one, and UTF-8 cannot carry it. */
public final class Texts {
    private Texts() {}

    public static void write(String text, JsonGenerator gen) {
        if (isWellFormed(text)) {
            gen.writeString(text);
        } else {
            gen.writeRawValue(escaped(text));
        }
    }

    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder(text.length() * 6 + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                json.append(c);
            } else {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return json.append('"').toString();
    }
}
