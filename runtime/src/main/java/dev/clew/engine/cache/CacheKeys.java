package dev.clew.engine.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.cache.CacheKey;
import dev.clew.engine.format.Values;
import dev.clew.spi.TaskSpec;
import dev.clew.task.CachePolicy;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says under which key a call's result is cached.
 *
 * <p>The arguments go in as they are encoded, each with its length before it, so that no two lists of arguments are
 * framed alike; unlike the digest that replay compares, nothing is left out or sorted. What the cache sees is a digest
 * of that by the codec, which is keyed where the codec encrypts: nobody can guess arguments from a store.
 */
final class CacheKeys {
    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private final Codec codec;

    CacheKeys(Codec codec) {
        this.codec = codec;
    }

    /** @throws RuntimeException if the arguments have no encoded form, or the task's key method fails */
    CacheKey of(TaskSpec<?> spec, CachePolicy policy, Values.Arguments arguments, @Nullable String subject) {
        MessageDigest sha = sha();
        Function<@Nullable Object[], @Nullable Object> method = spec.cacheKey().orElse(null);
        int count = spec.parameterTypes().size();
        if (method == null) {
            frame(sha, "arguments".getBytes(UTF_8));
            for (int i = 0; i < count; i++) {
                frame(sha, arguments.encoded(i));
            }
        } else {
            @Nullable Object[] copies = new Object[count];
            for (int i = 0; i < count; i++) {
                copies[i] = arguments.copy(i);
            }
            Object chosen = method.apply(copies);
            frame(sha, "key method".getBytes(UTF_8));
            frame(sha, kind(chosen).getBytes(UTF_8));
            frame(sha, codec.encode(chosen, ANY));
        }
        String version = subject == null ? policy.version() : policy.version() + space(subject);
        return new CacheKey(spec.declaringClass(), spec.signature(), version, keyed(sha.digest()));
    }

    /** What the versions end with under which runs about a subject cache. It shows nothing of the subject. */
    String space(String subject) {
        MessageDigest sha = sha();
        frame(sha, "subject".getBytes(UTF_8));
        frame(sha, subject.getBytes(UTF_8));
        return "\nsubject " + keyed(sha.digest());
    }

    private static void frame(MessageDigest sha, byte[] part) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        sha.update(part);
    }

    /** Bytes and the text that they are encoded as are two values; the classes of collections are nobody's choice. */
    private static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return value instanceof Collection
                ? "collection"
                : value instanceof Map ? "map" : value.getClass().getName();
    }

    /** The codec's digests are short, so each half of ours gets its own. */
    private String keyed(byte[] digest) {
        HexFormat hex = HexFormat.of();
        int half = digest.length / 2;
        return hex.formatHex(digestOf(hex.formatHex(digest, 0, half)))
                + '.'
                + hex.formatHex(digestOf(hex.formatHex(digest, half, digest.length)));
    }

    private byte[] digestOf(String text) {
        return codec.digest(new Object[] {text}, List.of(TEXT));
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
