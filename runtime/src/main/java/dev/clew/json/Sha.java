package dev.clew.json;

import dev.clew.json.form.Limits;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a canonical form up to the limit, cut to what a step record keeps. Confined to one call. */
final class Sha {
    private static final int KEPT = 12;
    private static final MessageDigest FRESH = create();

    /** One that is not in use, if there is one: each digest would need a new one otherwise. */
    private static final AtomicReference<@Nullable Sha> SPARE = new AtomicReference<>();

    private final MessageDigest digest;
    private Limits limits;
    private long size;

    private Sha(Limits limits, MessageDigest digest) {
        this.limits = limits;
        this.digest = digest;
    }

    static Sha begin(Limits limits) {
        Sha spare = SPARE.getAndSet(null);
        if (spare == null) {
            return new Sha(limits, fresh());
        }
        spare.limits = limits;
        spare.size = 0;
        return spare;
    }

    Sha add(char ascii) {
        limits.checkBytes(++size);
        digest.update((byte) ascii);
        return this;
    }

    Sha add(byte[] bytes) {
        size += bytes.length;
        limits.checkBytes(size);
        digest.update(bytes);
        return this;
    }

    /** The digest of what was added. One that does not come to its end is not used again. */
    byte[] end() {
        byte[] whole = digest.digest();
        SPARE.set(this);
        return Arrays.copyOf(whole, KEPT);
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
