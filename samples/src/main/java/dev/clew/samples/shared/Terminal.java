package dev.clew.samples.shared;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Asks the person at the terminal, if there is one. Where nobody is, or nobody answers any more, a sample ends parked. */
public final class Terminal {
    private static final String DATABASE = "samples.db";

    /** How long an answer may take where it cannot come from a person: a script's answer is there, or it never comes. */
    private static final long PATIENCE_MILLIS = 1_500;

    private Terminal() {}

    /** The database to remember runs in: what follows {@code --db}, else {@code samples.db} in the current directory. */
    public static Path database(String... args) {
        for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals("--db")) {
                return Path.of(args[i + 1]);
            }
        }
        return Path.of(DATABASE);
    }

    /** The person's answer; empty where nobody is there to give one. */
    public static Optional<String> ask(String question) {
        System.out.print(question + "\n> ");
        System.out.flush();
        Optional<String> answer = line();
        System.out.println(answer.filter(text -> !attended()).orElse(""));
        return answer.map(String::strip);
    }

    /** {@link #ask}; says how to come back to the question where nobody answers it. */
    public static Optional<String> askOrPark(String question) {
        Optional<String> answer = ask(question);
        if (answer.isEmpty()) {
            System.out.println("parked: the run waits for the answer; to give it, run again: " + command());
        }
        return answer;
    }

    /** Whether a person sits at the input. The script that runs samples knows; an IDE's console counts as a person. */
    private static boolean attended() {
        return !"false".equals(System.getProperty("samples.terminal"));
    }

    private static String command() {
        return System.getProperty("samples.command", "the same sample");
    }

    /** Reads byte by byte, so that nothing is swallowed that a later question wants. */
    private static Optional<String> line() {
        byte[] bytes = new byte[256];
        int length = 0;
        try {
            for (int next = read(); next != '\n'; next = read()) {
                if (next < 0) {
                    return length == 0 ? Optional.empty() : Optional.of(text(bytes, length));
                }
                if (length == bytes.length) {
                    bytes = java.util.Arrays.copyOf(bytes, 2 * length);
                }
                bytes[length++] = (byte) next;
            }
        } catch (IOException gone) {
            return Optional.empty();
        }
        return Optional.of(text(bytes, length));
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int read() throws IOException {
        InputStream in = System.in;
        long patience = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!attended() && in.available() == 0) {
            // At its end a file has nothing available either; only a pipe that is still open is worth a wait.
            if (System.nanoTime() > patience || !pause()) {
                return -1;
            }
        }
        return in.read();
    }

    private static boolean pause() {
        try {
            Thread.sleep(20);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
