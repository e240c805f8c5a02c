package dev.clew.engine.log;

import dev.clew.engine.log.LogEntry.Call;
import dev.clew.engine.log.LogEntry.Observed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Builds an entry's bytes. */
final class EntryWriter {
    private byte[] buffer;
    private int size;

    EntryWriter() {
        this(96);
    }

    /** A writer of about so many bytes. */
    EntryWriter(int room) {
        buffer = new byte[room];
    }

    EntryWriter octet(int value) {
        room(1);
        buffer[size++] = (byte) value;
        return this;
    }

    EntryWriter number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
        return this;
    }

    EntryWriter bytes(byte[] value) {
        number(value.length);
        room(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
        return this;
    }

    EntryWriter text(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            if (value.charAt(i) >= 0x80) {
                return bytes(value.getBytes(StandardCharsets.UTF_8));
            }
        }
        number(length);
        room(length);
        for (int i = 0; i < length; i++) {
            buffer[size++] = (byte) value.charAt(i);
        }
        return this;
    }

    EntryWriter numbers(List<Integer> values) {
        number(values.size());
        values.forEach(this::number);
        return this;
    }

    EntryWriter call(Call call) {
        return number(call.ordinal())
                .bytes(call.digest())
                .text(call.signature())
                .observed(call.observedFailures());
    }

    EntryWriter observed(List<Observed> failures) {
        number(failures.size());
        if (!failures.isEmpty()) {
            failures.forEach(f -> number(f.failure()).number(f.callsBefore()));
        }
        return this;
    }

    byte[] finish() {
        CRC32C crc = new CRC32C();
        crc.update(buffer, 0, size);
        long sum = crc.getValue();
        return octet((int) sum)
                .octet((int) (sum >>> 8))
                .octet((int) (sum >>> 16))
                .octet((int) (sum >>> 24))
                .trimmed();
    }

    /** What was written, without a checksum. */
    byte[] trimmed() {
        return Arrays.copyOf(buffer, size);
    }

    private void room(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
