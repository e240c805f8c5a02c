package dev.clew.samples.workers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own. What it prints is printed here, too. */
final class WorkerProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final String name;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private WorkerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.reader = new Thread(this::read, name);
    }

    static WorkerProcess start(String name, String place) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Workers.class.getName()));
        command.addAll(List.of("--worker", name, place));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        WorkerProcess started = new WorkerProcess(name, process);
        started.reader.start();
        System.out.println(name + " is process " + process.pid());
        return started;
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.out.println(line);
                lines.add(line);
            }
        } catch (IOException killed) {
            // It says no more.
        }
    }

    /** The first of these workers to print this after its name. */
    static WorkerProcess firstToSay(String text, WorkerProcess... workers) throws InterruptedException {
        for (long left = PATIENCE_SECONDS * 1_000L; left > 0; left -= 5) {
            for (WorkerProcess worker : workers) {
                if (worker.lines.contains(worker.name + ": " + text)) {
                    return worker;
                }
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IllegalStateException(
                "no worker printed '" + text + "' within " + PATIENCE_SECONDS + " s; their errors are above");
    }

    String name() {
        return name;
    }

    /** As {@code kill -9} does it: the process has no time to do anything. Returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** Ends it in good order, by the end of its input. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
