package dev.clew.samples.expenses;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/** The world outside: a central bank's rates, which are slow to ask for and the same all day. */
final class Rates {
    private static final Map<String, String> EUROS = Map.of("EUR", "1", "USD", "0.92", "CHF", "1.06", "GBP", "1.17");

    private final Pace pace;

    Rates(Pace pace) {
        this.pace = pace;
    }

    Rate of(String currency) throws IOException, InterruptedException {
        pace.take();
        String euros = EUROS.get(currency);
        if (euros == null) {
            throw new IOException("the bank has no rate for " + currency);
        }
        return new Rate(currency, new BigDecimal(euros));
    }
}
