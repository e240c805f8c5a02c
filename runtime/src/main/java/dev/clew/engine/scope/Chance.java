package dev.clew.engine.scope;

import dev.clew.engine.world.Machine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scope's random numbers and ids: a function of its run's seed and its path, so that replay draws the same. Hashed,
 * because generators with neighbouring seeds begin alike, and because an id needs more than a generator's 48 bits.
 */
final class Chance {
    private final long seed;
    private final String path;
    private @Nullable Random random;
    private long ids;

    Chance(long seed, String path) {
        this.seed = seed;
        this.path = path;
    }

    Random random() {
        if (random == null) {
            random = Machine.seeded(draw(0).getLong());
        }
        return random;
    }

    UUID uuid() {
        ByteBuffer bits = draw(++ids);
        long high = bits.getLong() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = bits.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private ByteBuffer draw(long n) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(ByteBuffer.allocate(16).putLong(seed).putLong(n).flip());
            return ByteBuffer.wrap(sha.digest(path.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
