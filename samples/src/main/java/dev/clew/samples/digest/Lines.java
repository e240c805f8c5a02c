package dev.clew.samples.digest;

import java.util.stream.Collectors;

/** Text for a terminal: lines are broken between words, so that the terminal does not break them inside one. */
final class Lines {
    private static final int WIDTH = 100;

    private Lines() {}

    static String wrapped(String text) {
        return text.lines().map(Lines::wrappedLine).collect(Collectors.joining("\n"));
    }

    private static String wrappedLine(String line) {
        String indent = line.startsWith("- ") ? "  " : "";
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (String word : line.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                wrapped.append('\n').append(indent).append(word);
                column = indent.length() + word.length();
            } else {
                wrapped.append(column == 0 ? "" : " ").append(word);
                column += (column == 0 ? 0 : 1) + word.length();
            }
        }
        return wrapped.toString();
    }
}
