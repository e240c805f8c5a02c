package dev.clew.samples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PaymentsTest {
    @TempDir
    private Path dir;

    @Test
    void eachInvoiceIsPaidOnceAlthoughItsProcessWasKilled() throws Exception {
        List<String> printed = Play.in(dir).run(Payments::main, "yes");

        assertThat(printed).filteredOn(line -> line.contains("kill -9")).hasSize(3);
        assertThat(booked(printed)).hasSize(2);
        assertThat(booked(printed)).anyMatch(line -> line.endsWith("\t100")).anyMatch(line -> line.endsWith("\t200"));
        assertThat(printed).anyMatch(line -> line.contains("nobody knows whether task:payByCheque#1 happened"));
        assertThat(printed).filteredOn(line -> line.startsWith("  Receipt[")).hasSize(3);
    }

    @Test
    void theQuestionWaitsUntilSomebodyAnswersIt() throws Exception {
        Play play = Play.in(dir);
        List<String> parked = play.run(Payments::main);
        assertThat(parked).anyMatch(line -> line.startsWith("parked:"));

        List<String> answered = play.run(Payments::main, "no");

        assertThat(answered).noneMatch(line -> line.contains("kill -9"));
        assertThat(booked(answered)).hasSize(2);
        assertThat(answered).filteredOn(line -> line.startsWith("  Receipt[")).hasSize(3);
    }

    private static List<String> booked(List<String> printed) {
        return printed.subList(printed.indexOf("the bank's books:") + 1, printed.size());
    }
}
