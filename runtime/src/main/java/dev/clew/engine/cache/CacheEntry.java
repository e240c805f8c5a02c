package dev.clew.engine.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.cache.CacheKey;
import dev.clew.value.CodecException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A result as the task cache stores it. The checksum covers the key, too: an entry that strayed to another key is as
 * useless as a damaged one.
 *
 * <pre>
 * +---------+-----------------------------+----------------------+
 * | version | CRC-32C over key and result | protected result     |
 * | 1 byte  | 4 bytes                     |                      |
 * +---------+-----------------------------+----------------------+
 * </pre>
 */
final class CacheEntry {
    private static final byte VERSION = 1;
    private static final int HEADER = 1 + Integer.BYTES;

    private CacheEntry() {}

    static byte[] write(CacheKey key, byte[] result) {
        return ByteBuffer.allocate(HEADER + result.length)
                .put(VERSION)
                .putInt(checksum(key, result))
                .put(result)
                .array();
    }

    /** @throws CodecException if these are not the bytes that were written for this key */
    static byte[] read(CacheKey key, byte[] entry) {
        if (entry.length < HEADER || entry[0] != VERSION) {
            throw new CodecException("a cached result is in no known form", "$", null);
        }
        byte[] result = Arrays.copyOfRange(entry, HEADER, entry.length);
        if (ByteBuffer.wrap(entry, 1, Integer.BYTES).getInt() != checksum(key, result)) {
            throw new CodecException("a cached result is damaged: its checksum does not match", "$", null);
        }
        return result;
    }

    /** The key in one text, in which no two keys are alike. */
    static String id(CacheKey key) {
        StringBuilder id = new StringBuilder();
        for (String part : List.of(key.declaringClass(), key.signature(), key.version(), key.arguments())) {
            id.append(part.length()).append(':').append(part);
        }
        return id.toString();
    }

    private static int checksum(CacheKey key, byte[] result) {
        CRC32C crc = new CRC32C();
        crc.update(id(key).getBytes(UTF_8));
        crc.update(result);
        return (int) crc.getValue();
    }
}
