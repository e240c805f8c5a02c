package dev.clew.processor;

import java.io.Serializable;

/**
 * What a compiler said.
 *
 * @param kind of diagnostic
 * @param file relative to the sources, or {@code ?}
 * @param line from 1, or 0
 * @param message its text
 */
record Found(String kind, String file, long line, String message) implements Serializable {
    boolean isOurs() {
        return message.startsWith("CLEW");
    }

    boolean isError() {
        return kind.equals("ERROR");
    }

    boolean isWarning() {
        return kind.equals("WARNING") || kind.equals("MANDATORY_WARNING");
    }

    /** Whether the compiler says that it cannot find a class of this name. */
    boolean isMissing(String type) {
        return message.matches("(?s)cannot find symbol.*class " + type + "\\b.*");
    }

    String code() {
        return isOurs() ? message.substring(0, 7) : message;
    }

    String place() {
        return file + ":" + line + " " + code();
    }
}
