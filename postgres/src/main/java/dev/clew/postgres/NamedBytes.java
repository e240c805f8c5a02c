package dev.clew.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.checkpoint.CheckpointException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The values of a checkpoint in one column. Sorted by name, so that the same values are the same bytes:
 *
 * <pre>
 *   -1, 4 bytes | CRC-32C of all that follows, 4 bytes
 *   ( name length, 4 bytes | name, UTF-8 | value length, 4 bytes | value )*
 * </pre>
 */
final class NamedBytes {
    private static final int SUM = -1;
    private static final int HEAD = 2 * Integer.BYTES;

    private NamedBytes() {}

    static byte[] write(Map<String, byte[]> values) {
        Map<String, byte[]> sorted = new TreeMap<>(values);
        int size = sorted.entrySet().stream()
                .mapToInt(entry -> 2 * Integer.BYTES + entry.getKey().getBytes(UTF_8).length + entry.getValue().length)
                .reduce(HEAD, Math::addExact);
        ByteBuffer buffer = ByteBuffer.allocate(size).position(HEAD);
        sorted.forEach((name, value) -> {
            byte[] encodedName = name.getBytes(UTF_8);
            buffer.putInt(encodedName.length).put(encodedName);
            buffer.putInt(value.length).put(value);
        });
        return buffer.putInt(0, SUM).putInt(Integer.BYTES, sum(buffer.flip())).array();
    }

    static Map<String, byte[]> read(byte[] stored) {
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        Map<String, byte[]> values = new LinkedHashMap<>();
        try {
            verify(buffer);
            while (buffer.hasRemaining()) {
                values.put(new String(next(buffer), UTF_8), next(buffer));
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new CheckpointException("the values of a checkpoint are damaged", e);
        }
        return values;
    }

    private static void verify(ByteBuffer buffer) {
        if (buffer.getInt(0) != SUM || buffer.getInt(Integer.BYTES) != sum(buffer)) {
            throw new CheckpointException("the values of a checkpoint are damaged: their checksum does not match");
        }
        buffer.position(HEAD);
    }

    /** Of all behind the head. */
    private static int sum(ByteBuffer buffer) {
        CRC32C sum = new CRC32C();
        sum.update(buffer.duplicate().position(HEAD));
        return (int) sum.getValue();
    }

    private static byte[] next(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
