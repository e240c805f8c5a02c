package dev.clew;

import java.util.BitSet;

/** Finds the lines of a source that have more than blanks and comments. Lines are counted from 1. */
final class CodeLines {
    private final String source;
    private final BitSet lines = new BitSet();
    private int at;
    private int line = 1;

    private CodeLines(String source) {
        this.source = source;
    }

    static BitSet of(String source) {
        CodeLines scan = new CodeLines(source);
        while (scan.at < source.length()) {
            scan.next();
        }
        return scan.lines;
    }

    private void next() {
        char c = source.charAt(at);
        if (source.startsWith("//", at)) {
            int end = source.indexOf('\n', at);
            at = end < 0 ? source.length() : end;
        } else if (source.startsWith("/*", at)) {
            passTo("*/", 2, false);
        } else if (source.startsWith("\"\"\"", at)) {
            passTo("\"\"\"", 3, true);
        } else if (c == '"' || c == '\'') {
            passTo(String.valueOf(c), 1, true);
        } else {
            pass(!Character.isWhitespace(c));
        }
    }

    /** Passes what is quoted: up to its end, and over what is escaped in it. */
    private void passTo(String end, int begin, boolean code) {
        for (int i = 0; i < begin; i++) {
            pass(code);
        }
        while (at < source.length() && !source.startsWith(end, at)) {
            if (code && source.charAt(at) == '\\') {
                pass(true);
            }
            pass(code);
        }
        for (int i = 0; i < end.length() && at < source.length(); i++) {
            pass(code);
        }
    }

    private void pass(boolean code) {
        if (code) {
            lines.set(line);
        }
        if (source.charAt(at++) == '\n') {
            line++;
        }
    }
}
