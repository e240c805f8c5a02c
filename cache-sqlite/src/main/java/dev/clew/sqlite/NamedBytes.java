package dev.clew.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.clew.checkpoint.CheckpointException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of a checkpoint in one column. Sorted by name, so that the same values are the same bytes:
 *
 * <pre>
 *   ( name length, 4 bytes | name, UTF-8 | value length, 4 bytes | value )*
 * </pre>
 */
final class NamedBytes {
    private NamedBytes() {}

    static byte[] write(Map<String, byte[]> values) {
        Map<String, byte[]> sorted = new TreeMap<>(values);
        int size = sorted.entrySet().stream()
                .mapToInt(entry -> 2 * Integer.BYTES + entry.getKey().getBytes(UTF_8).length + entry.getValue().length)
                .reduce(0, Math::addExact);
        ByteBuffer buffer = ByteBuffer.allocate(size);
        sorted.forEach((name, value) -> {
            byte[] encodedName = name.getBytes(UTF_8);
            buffer.putInt(encodedName.length).put(encodedName);
            buffer.putInt(value.length).put(value);
        });
        return buffer.array();
    }

    static Map<String, byte[]> read(byte[] stored) {
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        Map<String, byte[]> values = new LinkedHashMap<>();
        try {
            while (buffer.hasRemaining()) {
                values.put(new String(next(buffer), UTF_8), next(buffer));
            }
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new CheckpointException("the values of a checkpoint are damaged", e);
        }
        return values;
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
