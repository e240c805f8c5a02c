package dev.clew.samples.guides;

import dev.clew.annotations.Cached;
import dev.clew.annotations.Effect;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.TaskContext;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Makes and prints the bills of one night from a file of meter readings. */
public class Billing {
    public record Reading(String customer, int kwh) {}

    public record Bill(String customer, BigDecimal amount) {}

    private final Path printer;

    public Billing(Path printer) {
        this.printer = printer;
    }

    @Task
    List<Reading> read(String file) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.map(line -> line.split(","))
                    .map(cells -> new Reading(cells[0], Integer.parseInt(cells[1])))
                    .toList();
        }
    }

    @Task(
            cache = @Cached(ttl = "PT12H"),
            timeout = "PT10S",
            retry = @Retry(retryOn = IOException.class, maxAttempts = 8, initialInterval = "PT0.2S"))
    BigDecimal tariff(String customer) throws IOException {
        if (customer.isEmpty()) {
            throw new IOException("no tariff without a customer");
        }
        return new BigDecimal("0.30");
    }

    @Task(effect = Effect.ONCE, reconcile = "isPrinted", settle = "PT1S")
    void print(Bill bill, TaskContext context) throws IOException {
        String line = context.effectId() + "," + bill.customer() + "," + bill.amount() + "\n";
        Files.writeString(printer, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Says whether a print whose process died has reached the paper. */
    boolean isPrinted(Bill bill, TaskContext context) throws IOException {
        if (!Files.exists(printer)) {
            return false;
        }
        try (var lines = Files.lines(printer)) {
            return lines.anyMatch(line -> line.startsWith(context.effectId() + ","));
        }
    }

    @Entrypoint
    Bill bill(Reading reading, BillingTasks tasks) {
        BigDecimal tariff = tasks.tariff(reading.customer()).join();
        Bill bill = new Bill(reading.customer(), tariff.multiply(BigDecimal.valueOf(reading.kwh())));
        tasks.print(bill).join();
        return bill;
    }

    @Entrypoint
    List<Bill> chunk(List<Reading> readings, BillingTasks tasks) {
        return TaskFuture.allOf(readings.stream().map(tasks::bill).toList());
    }

    @Entrypoint
    List<Bill> nightly(String file, BillingTasks tasks) {
        return tasks.chunk(tasks.read(file).join()).join();
    }
}
