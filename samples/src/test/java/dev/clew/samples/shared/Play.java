package dev.clew.samples.shared;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs samples as {@code samples/run} does without a terminal, in this process, and catches what they print. */
public record Play(Path database) {
    /** A sample's main method. */
    public interface Main {
        void start(String... args) throws Exception;
    }

    /** A play on a new database in this directory. */
    public static Play in(Path directory) {
        return new Play(directory.resolve("samples.db"));
    }

    /** What the sample printed, line by line, when these lines were its input. */
    public List<String> run(Main sample, String... input) throws Exception {
        return run(List.of("--db", database.toString()), sample, input);
    }

    /** As {@link #run(Main, String...)}, with these arguments and no others. */
    public List<String> run(List<String> args, Main sample, String... input) throws Exception {
        PrintStream out = System.out;
        InputStream in = System.in;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        String lines = input.length == 0 ? "" : String.join("\n", input) + "\n";
        System.setProperty("samples.terminal", "false");
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        try {
            sample.start(args.toArray(String[]::new));
        } finally {
            System.setOut(out);
            System.setIn(in);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
