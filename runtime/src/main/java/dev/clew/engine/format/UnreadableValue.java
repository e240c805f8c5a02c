package dev.clew.engine.format;

import dev.clew.value.CodecException;

/** Makes the error of a stored value that the code's type does not fit: it names the value, its place and the remedy. */
public final class UnreadableValue {
    private UnreadableValue() {}

    public static CodecException of(String what, String remedy, CodecException why) {
        return new CodecException(
                what + " cannot be read as the code's type any more (" + why.getMessage()
                        + "); keep the old names, or give the codec a migration, then " + remedy,
                why.path(),
                why);
    }
}
