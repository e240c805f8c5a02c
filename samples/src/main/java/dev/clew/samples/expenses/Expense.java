package dev.clew.samples.expenses;

import java.util.List;

/** An item with its amount in euros. */
public record Expense(Item item, Euros euros) {
    static List<Expense> of(List<Item> items, List<Rate> rates) {
        return items.stream()
                .map(item -> new Expense(item, rate(item.currency(), rates).convert(item.cents())))
                .toList();
    }

    private static Rate rate(String currency, List<Rate> rates) {
        return rates.stream()
                .filter(rate -> rate.currency().equals(currency))
                .findFirst()
                .orElseThrow();
    }
}
