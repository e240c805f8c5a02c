package dev.clew.processor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * How a process ended.
 *
 * @param status what it returned
 * @param output what it printed to either stream
 */
record Outcome(int status, String output) {
    static Outcome of(List<String> command) throws IOException, InterruptedException {
        return of(Path.of("."), command);
    }

    static Outcome of(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
