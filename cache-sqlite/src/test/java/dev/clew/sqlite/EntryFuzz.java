package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.DamagedLog;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.fuzz.FuzzTarget;
import dev.clew.value.ClewException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Bytes as an entry of a log, once as they are and once with a checksum: refused, or an entry that is written as itself. */
final class EntryFuzz implements FuzzTarget {
    @Override
    public List<byte[]> seeds() {
        return new DamagedLog()
                .written().stream()
                        .map(record -> Arrays.copyOf(record.bytes(), record.bytes().length - 4))
                        .toList();
    }

    @Override
    public void take(byte[] input) {
        read(input);
        read(DamagedLog.sealed(input)).ifPresent(entry -> {
            byte[] written = EntryFormat.write(entry);
            assertThat(EntryFormat.write(read(written).orElseThrow())).isEqualTo(written);
        });
    }

    private static Optional<LogEntry> read(byte[] bytes) {
        try {
            return Optional.of(EntryFormat.read(bytes, "entry"));
        } catch (ClewException refused) {
            return Optional.empty();
        }
    }
}
