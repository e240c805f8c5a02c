package dev.clew.sqlite;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts that somebody may send who means no good. */
final class HostileText {
    private static final List<String> KNOWN = List.of(
            "",
            " ",
            "\t\r\n",
            "\0",
            "a\0b",
            "\uD800",
            "a\uDC00b",
            "\uDC00\uD800",
            "\uD83D\uDE00",
            "\uFFFE\uFFFF\uFEFF",
            "\u202Egnp.exe",
            "e\u0301",
            "\u00E9",
            "../../etc/passwd",
            "/",
            "a/b/../c",
            "C:\\con",
            "task:x#1/task:y#2",
            "ask:go on?#1",
            "a#1",
            ":",
            "%2F",
            "'; DROP TABLE thread; --",
            "\" OR \"\"=\"",
            "x') UNION SELECT * FROM log --",
            "%",
            "_",
            "*",
            "?1",
            ":name",
            "$.a[0]",
            "a.b[\"c\"]",
            "${jndi:ldap://localhost/x}",
            "{\"@class\":\"java.lang.Runtime\"}",
            "null",
            "-0",
            "1e999",
            "NaN",
            "clew:",
            "Random.run");

    private HostileText() {}

    /** Also as long as names may be, a bit longer, and a million characters long. */
    static Stream<String> all() {
        Stream<String> long_ =
                IntStream.of(199, 200, 201, 999, 1_000, 1_001, 1 << 20).mapToObj("x"::repeat);
        return Stream.concat(
                KNOWN.stream(), Stream.concat(long_, Stream.of("\uD83D\uDE00".repeat(500), "\0".repeat(70))));
    }

    /** For messages: what it begins with, in characters that can be read. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(24).forEach(c -> shown.append(c > 32 && c < 127 ? (char) c : String.format("\\u%04x", c)));
        return shown + " (" + text.length() + ")";
    }
}
