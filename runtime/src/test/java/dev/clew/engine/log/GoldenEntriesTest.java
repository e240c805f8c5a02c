package dev.clew.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.checkpoint.CheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logs outlive releases, so every stored entry stays readable. Each line of the file has a name and the stored bytes in
 * hexadecimal digits. Lines are added, never edited.
 */
final class GoldenEntriesTest {
    private static final String FILE = "golden-entries.txt";
    private static final int TAGS = 128;

    @ParameterizedTest
    @MethodSource("names")
    void storedEntryIsReadAsWhatWasWritten(String name) {
        assertThat(EntryFormat.read(stored(name), name))
                .usingRecursiveComparison()
                .isEqualTo(GoldenEntries.all().get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void entryIsWrittenAsTheStoredBytes(String name) {
        assertThat(EntryFormat.write(GoldenEntries.all().get(name))).isEqualTo(stored(name));
    }

    @Test
    void fileHasEveryEntryAndNoOther() {
        assertThat(lines().keySet())
                .containsExactlyInAnyOrderElementsOf(GoldenEntries.all().keySet());
    }

    @Test
    void fileHasEveryKindOfEntry() {
        Set<Class<?>> kinds = names().stream()
                .map(name -> EntryFormat.read(stored(name), name).getClass())
                .collect(Collectors.toSet());

        assertThat(kinds).containsExactlyInAnyOrder(LogEntry.class.getPermittedSubclasses());
    }

    /** A tag that the format knows and the file has not could change its meaning unseen. */
    @Test
    void fileHasEveryTagThatTheFormatReads() {
        List<Integer> known = IntStream.range(0, TAGS)
                .filter(GoldenEntriesTest::isKnown)
                .boxed()
                .toList();
        Set<Integer> stored =
                names().stream().map(name -> (int) stored(name)[0]).collect(Collectors.toSet());

        assertThat(known).isNotEmpty();
        assertThat(stored).containsExactlyInAnyOrderElementsOf(known);
    }

    private static boolean isKnown(int tag) {
        byte[] content = {(byte) tag, 0, 0};
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        byte[] sealed = ByteBuffer.allocate(content.length + 4)
                .put(content)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum.getValue())
                .array();
        Throwable refused = catchThrowable(() -> EntryFormat.read(sealed, "entry"));
        assertThat(refused == null || refused instanceof CheckpointException).isTrue();
        return refused == null || !refused.getMessage().contains("entry kind " + tag + ",");
    }

    static List<String> names() {
        return List.copyOf(GoldenEntries.all().keySet());
    }

    private static byte[] stored(String name) {
        return HexFormat.of().parseHex(lines().get(name));
    }

    private static Map<String, String> lines() {
        try (InputStream in = GoldenEntriesTest.class.getResourceAsStream(FILE)) {
            return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .collect(Collectors.toMap(line -> line.split("\t")[0], line -> line.split("\t")[1]));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Prints the lines of all entries. */
    public static void main(String[] arguments) {
        GoldenEntries.all()
                .forEach((name, entry) ->
                        System.out.println(name + "\t" + HexFormat.of().formatHex(EntryFormat.write(entry))));
    }
}
