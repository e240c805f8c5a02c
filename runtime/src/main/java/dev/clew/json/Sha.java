package dev.clew.json;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256, cut to what a step record keeps. */
final class Sha {
    private static final int KEPT = 12;
    private static final MessageDigest FRESH = create();

    private Sha() {}

    static byte[] digest(byte[] canonical) {
        return Arrays.copyOf(fresh().digest(canonical), KEPT);
    }

    /** Cloning one that is never fed is faster than looking the algorithm up. */
    private static MessageDigest fresh() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            return create();
        }
    }

    private static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
