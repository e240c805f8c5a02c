package dev.clew.samples.digest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a real process, with its output in a file. */
final class DigestProcess {
    private final Process process;
    private final Path output;

    private DigestProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** What a process printed, on both streams, and how it ended. */
    record Ended(int exitCode, String output) {
        /** The output with single spaces only: lines are broken for a terminal. */
        String words() {
            return output.replaceAll("\\s+", " ");
        }

        List<String> lines(String prefix) {
            return output.lines().filter(line -> line.startsWith(prefix)).toList();
        }
    }

    /** Runs to its end with this input. */
    static Ended run(Path dir, String input, String... args) throws IOException, InterruptedException {
        DigestProcess started = start(dir, args);
        try (OutputStream stdin = started.process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedBeforeItRead) {
            // its output tells why
        }
        return started.end();
    }

    /** Starts with an input that stays open. */
    static DigestProcess start(Path dir, String... args) throws IOException {
        Path output = Files.createTempFile(dir, "output", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // What javac wrote need not be verified each time: it is a fifth of what such a short life costs.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                // What SQLite unpacks is its own: processes that begin together tidy up after killed ones, and say so
                // if two do.
                "-Dorg.sqlite.tmpdir=" + dir,
                "-cp",
                System.getProperty("java.class.path"),
                DigestCommand.class.getName()));
        command.addAll(List.of(args));
        return new DigestProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Waits until it has printed this. */
    void awaitOutput(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!Files.readString(output).contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError("never printed '" + text + "':\n" + Files.readString(output));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Waits for its end after the signal that Ctrl-C's is handled like. */
    Ended terminated() throws IOException, InterruptedException {
        process.destroy();
        return end();
    }

    /** Waits for its end after SIGKILL. */
    Ended killed() throws IOException, InterruptedException {
        process.destroyForcibly();
        return end();
    }

    private Ended end() throws IOException, InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("did not end:\n" + Files.readString(output));
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
