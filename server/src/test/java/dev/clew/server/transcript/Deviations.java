package dev.clew.server.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What ours answers otherwise on purpose, from {@code deviations.txt}: file, step, path, what, and the reason. */
final class Deviations {
    /** One line; {@code *} stands for anything. */
    record Line(String file, String step, Pattern path, String what, String reason, String text) {
        boolean allows(String name, int number, Difference difference) {
            return applies(name)
                    && (step.equals("*") || step.equals(String.valueOf(number)))
                    && (what.equals("*") || what.equals(difference.what()))
                    && path.matcher(difference.path()).matches();
        }

        boolean applies(String name) {
            return file.equals("*") || name.startsWith(file + "-");
        }
    }

    private final List<Line> lines;
    private final Set<Line> used = new LinkedHashSet<>();

    private Deviations(List<Line> lines) {
        this.lines = lines;
    }

    static Deviations none() {
        return new Deviations(List.of());
    }

    static Deviations read() {
        try (InputStream in = Deviations.class.getResourceAsStream("/transcripts/deviations.txt")) {
            if (in == null) {
                throw new IllegalStateException("transcripts/deviations.txt is missing");
            }
            List<Line> lines = new ArrayList<>();
            for (String text : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!text.isBlank() && !text.startsWith("#")) {
                    lines.add(line(text));
                }
            }
            return new Deviations(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String text) {
        String[] halves = text.split("\\|", 2);
        String[] words = halves[0].trim().split("\\s+");
        if (halves.length < 2 || halves[1].isBlank() || words.length != 4) {
            throw new IllegalArgumentException("deviations.txt: not 'file step path what | reason': " + text);
        }
        Pattern path = Pattern.compile(Pattern.quote(words[2]).replace("*", "\\E.*\\Q"));
        return new Line(words[0], words[1], path, words[3], halves[1].trim(), text);
    }

    /** Returns the reason why a whole file is not replayed. */
    Optional<String> skipped(String name) {
        return lines.stream()
                .filter(line -> line.what().equals("skip") && line.applies(name))
                .peek(used::add)
                .map(Line::reason)
                .findFirst();
    }

    /** Returns whether this difference is meant. */
    boolean allow(String name, int step, Difference difference) {
        List<Line> meant = lines.stream()
                .filter(line -> line.allows(name, step, difference))
                .toList();
        used.addAll(meant);
        return !meant.isEmpty();
    }

    /** Returns the lines that no replay so far needed. */
    List<String> unused() {
        return lines.stream()
                .filter(line -> !used.contains(line))
                .map(Line::text)
                .toList();
    }
}
