package dev.clew.server.transcript;

/**
 * Where ours differs from a recorded answer.
 *
 * @param path into the answer, such as {@code body.tasks[].error}
 * @param what {@code value}, {@code missing}, {@code extra} or {@code size}
 */
record Difference(String path, String what, String expected, String actual) {
    @Override
    public String toString() {
        return path + " " + what + ": expected " + brief(expected) + ", got " + brief(actual);
    }

    private static String brief(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
