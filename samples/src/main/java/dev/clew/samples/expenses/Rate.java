package dev.clew.samples.expenses;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many euros one unit of a currency is worth. */
public record Rate(String currency, BigDecimal euros) {
    /** An amount in cents of this currency, in euros. */
    Euros convert(int cents) {
        return new Euros(euros.multiply(BigDecimal.valueOf(cents))
                .setScale(0, RoundingMode.HALF_UP)
                .intValueExact());
    }
}
