package dev.clew.samples.payments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The world outside: a bank that books whatever it is told to, twice if it is told twice. Its books are a file, so they outlive the
 * process that pays.
 */
final class Bank {
    /** Says that nothing was booked. */
    static final class Declined extends Exception {
        private static final long serialVersionUID = 1L;

        Declined(String why) {
            super(why);
        }
    }

    private static final int MOST = 10_000;

    private final Path books;

    Bank(Path books) {
        this.books = books;
    }

    Payments.Receipt pay(Payments.Invoice invoice, String key) throws IOException, Declined {
        if (invoice.euros() > MOST) {
            throw new Declined("the limit is " + MOST + " euros");
        }
        Files.writeString(
                books,
                key + '\t' + invoice.euros() + '\n',
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return new Payments.Receipt(key, invoice.euros());
    }

    Optional<Payments.Receipt> find(String key) throws IOException {
        return entries().stream()
                .map(line -> line.split("\t"))
                .filter(entry -> entry[0].equals(key))
                .map(entry -> new Payments.Receipt(key, Integer.parseInt(entry[1])))
                .findFirst();
    }

    List<String> entries() throws IOException {
        try {
            return Files.readAllLines(books);
        } catch (NoSuchFileException nothingBooked) {
            return List.of();
        }
    }
}
