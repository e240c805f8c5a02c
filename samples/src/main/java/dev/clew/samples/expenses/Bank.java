package dev.clew.samples.expenses;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The world outside: a bank that books what it is told, and twice if it is told twice. Its books are a file. */
final class Bank {
    /** Says for sure that nothing was booked. */
    static final class Declined extends Exception {
        private static final long serialVersionUID = 1L;

        Declined(String why) {
            super(why);
        }
    }

    /** A booking with the key that its sender chose. */
    record Booking(String key, Euros amount) {}

    private static final Euros MOST = new Euros(10_000_00);

    private final Path books;
    private final Pace pace;

    Bank(Path books, Pace pace) {
        this.books = books;
        this.pace = pace;
    }

    synchronized String pay(String key, Euros amount) throws IOException, InterruptedException, Declined {
        if (amount.isMoreThan(MOST)) {
            throw new Declined("the limit of this account is " + MOST);
        }
        Files.writeString(
                books, key + '\t' + amount.cents() + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        pace.take(); // booked, and the receipt is still on its way
        return key;
    }

    Optional<String> find(String key) throws IOException {
        return bookings().stream().map(Booking::key).filter(key::equals).findFirst();
    }

    List<Booking> bookings() throws IOException {
        try {
            return Files.readAllLines(books).stream()
                    .map(line -> line.split("\t"))
                    .map(entry -> new Booking(entry[0], new Euros(Integer.parseInt(entry[1]))))
                    .toList();
        } catch (NoSuchFileException nothingBooked) {
            return List.of();
        }
    }
}
