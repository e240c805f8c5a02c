package dev.clew.samples.expenses;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The world outside: sends messages, by writing them to a file. */
final class Mail {
    private final Path outbox;
    private final Pace pace;

    Mail(Path outbox, Pace pace) {
        this.outbox = outbox;
        this.pace = pace;
    }

    void send(String to, String text) throws IOException, InterruptedException {
        pace.take();
        Files.writeString(outbox, to + ": " + text + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
