package dev.clew.contracts.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What tortured processes tell, outside of the database: one file, to which all of them append.
 *
 * <p>A line is one write, and appends of several processes have an order, so what stands after another line happened after
 * that was written. A killed process loses nothing that it wrote, since the system has it; no machine loses power here.
 */
public final class TortureJournal {
    private static final String END = ";";

    private final Path file;

    public TortureJournal(Path folder) {
        this.file = folder.resolve("journal");
    }

    /** What a line tells of, and of how many things. */
    public enum Kind {
        /** life, thread: a body began at its first line. */
        BODY(2),
        /** life, step: an attempt began. */
        BEGAN(2),
        /** life, step, token: a body has the outcome of a step. */
        SAW(3),
        /** thread, question, answer: a body has an answer. */
        TOLD(3),
        /** thread, question, answer: somebody's answer was accepted. */
        ANSWERED(3),
        /** thread, value: somebody has the result of a run. */
        DONE(2),
        /** thread, reason: a request came to nothing, as may be. */
        REFUSED(2),
        /** thread, reason: a run ended as it never should. */
        BAD(2);

        private final int things;

        Kind(int things) {
            this.things = things;
        }
    }

    public record Line(Kind kind, List<String> things) {
        public String thing(int index) {
            return things.get(index);
        }
    }

    public void note(Kind kind, String... things) {
        StringBuilder line = new StringBuilder(kind.name());
        for (String thing : things) {
            line.append('\t').append(thing.replaceAll("\\s+", " "));
        }
        byte[] bytes = line.append('\t').append(END).append('\n').toString().getBytes(UTF_8);
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All whole lines, in order. */
    public List<Line> lines() throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .map(TortureJournal::line)
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    /** A killed process may leave half a line, which then stands before another one's: neither is believed. */
    private static Optional<Line> line(String text) {
        List<String> parts = List.of(text.split("\t", -1));
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equals(parts.get(0)))
                .filter(kind -> parts.size() == kind.things + 2)
                .filter(kind -> parts.get(parts.size() - 1).equals(END))
                .map(kind -> new Line(kind, parts.subList(1, parts.size() - 1)))
                .findFirst();
    }
}
