package dev.clew.samples.expenses;

/** What a receipt says, as the model reads it. The number is empty if none is printed on it. */
public record Item(String number, String what, Category category, int cents, String currency) {
    public Item {
        if (cents <= 0 || !currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("no amount: " + cents + " cents of '" + currency + "'");
        }
    }
}
