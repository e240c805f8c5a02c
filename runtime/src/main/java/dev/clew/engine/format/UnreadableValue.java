package dev.clew.engine.format;

import dev.clew.value.CodecException;

/** Says of a stored value that the code's present type does not fit it: what it is, where it is, and what to do. */
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
