package dev.clew.contracts.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Another process that runs a main class of these tests, and tells of itself line by line. */
public final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private Child(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    public static Child start(Class<?> main, String... arguments) throws IOException {
        return start(Map.of(), main, arguments);
    }

    /** With variables in its environment. */
    public static Child start(Map<String, String> environment, Class<?> main, String... arguments) throws IOException {
        return start(environment, ourClassPath(), main, arguments);
    }

    /** With the classes of another class path, on which the main class must be. */
    public static Child startWith(String classPath, Class<?> main, String... arguments) throws IOException {
        return start(Map.of(), classPath, main, arguments);
    }

    /** The class path of this process, as Maven gives it to its tests. */
    public static String ourClassPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static Child start(Map<String, String> environment, String classPath, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // What javac wrote need not be verified each time: it is a fifth of what such a short life costs.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new Child(builder.start());
    }

    /** The next line, or null at the end. */
    public String line() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that is left to read. */
    public List<String> rest() {
        return lines.lines().toList();
    }

    /** Sends the child a line, for which it waits. */
    public void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Tells the child that nothing more will come. */
    public void end() throws IOException {
        process.getOutputStream().close();
    }

    /** Sends a signal, such as STOP or CONT. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it ended by itself, and well. */
    public boolean isDone() {
        return !process.isAlive() && process.exitValue() == 0;
    }

    /** SIGKILL: the child gets no chance to do anything. What it printed can still be read. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
