package shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** The world outside: a slow bank, which books twice if it is told twice. */
record Bank(Path books, Duration slow) {
    void charge(String key) throws IOException, InterruptedException {
        Files.writeString(books, key + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Thread.sleep(slow.toMillis()); // booked, and the receipt is on its way
    }

    boolean has(String key) throws IOException {
        return bookings().contains(key);
    }

    List<String> bookings() throws IOException {
        return Files.exists(books) ? Files.readAllLines(books) : List.of();
    }
}
