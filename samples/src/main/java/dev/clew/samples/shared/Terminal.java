package dev.clew.samples.shared;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks the person at the terminal, if there is one. Where nobody is, or nobody answers any more, a sample ends parked. */
public final class Terminal {
    private static final String DATABASE = "samples.db";

    /** How long an answer may take that cannot come from a person: a script gives it soon, or never. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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
            System.out.println("parked: the run waits for the answer; to give it, run in a terminal: " + command());
        }
        return answer;
    }

    /** {@link #askOrPark(String)} until the answer is one: the reader gives what a line says, or empty if it says nothing. */
    public static <A> Optional<A> askOrPark(String question, Function<String, Optional<A>> reader) {
        while (true) {
            Optional<String> line = askOrPark(question);
            if (line.isEmpty()) {
                return Optional.empty();
            }
            Optional<A> answer = reader.apply(line.get());
            if (answer.isPresent()) {
                return answer;
            }
            System.out.println("'" + line.get() + "' is no answer to that");
        }
    }

    /** Reads yes or no, and nothing else: money must not leave by a slip. */
    public static Optional<Boolean> yesOrNo(String line) {
        return switch (line.toLowerCase(Locale.ROOT)) {
            case "yes", "y" -> Optional.of(true);
            case "no", "n" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Whether a person sits at the input. The script that runs samples knows; an IDE's console counts as a person. */
    private static boolean attended() {
        return !"false".equals(System.getProperty("samples.terminal"));
    }

    private static String command() {
        return System.getProperty("samples.command", "the same sample");
    }

    /** The next line that the person types; empty at the end of input, and where nobody is there. */
    public static Optional<String> line() {
        return line(PATIENCE);
    }

    static Optional<String> line(Duration patience) {
        InputStream in = System.in;
        if (attended()) {
            return read(in);
        }
        FutureTask<Optional<String>> reading = new FutureTask<>(() -> read(in));
        Thread reader = new Thread(reading, "terminal");
        reader.setDaemon(true); // a pipe that nobody writes to and nobody closes must not keep the program
        reader.start();
        try {
            return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException nobody) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Reads byte by byte, so that nothing is swallowed that a later question wants. */
    private static Optional<String> read(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
        } catch (IOException gone) {
            return Optional.empty();
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }
}
