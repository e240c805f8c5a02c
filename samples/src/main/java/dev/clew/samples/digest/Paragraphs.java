package dev.clew.samples.digest;

import java.util.ArrayList;
import java.util.List;

/** Joins lines to paragraphs. Confined to one thread. */
final class Paragraphs {
    private final List<String> paragraphs = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();

    /** The next line; a blank one ends the paragraph. */
    void line(String line) {
        if (line.isBlank()) {
            close();
        } else {
            open.append(open.isEmpty() ? "" : " ").append(line.strip());
        }
    }

    /** Whether a paragraph has begun and not ended. */
    boolean isOpen() {
        return !open.isEmpty();
    }

    /** Ends the paragraph. */
    void close() {
        String paragraph = open.toString().replaceAll("\\s+", " ");
        if (!paragraph.isBlank()) {
            paragraphs.add(paragraph);
        }
        open.setLength(0);
    }

    /** Takes back the open paragraph, which turned out to be something else. */
    String takeOpen() {
        String taken = open.toString();
        open.setLength(0);
        return taken;
    }

    /** All paragraphs. */
    List<String> end() {
        close();
        return List.copyOf(paragraphs);
    }
}
