package dev.clew.samples.expenses;

import java.util.List;

/** What an employee hands in: the purpose, and the text of each receipt. */
public record Report(String employee, String purpose, List<String> receipts) {
    /** The report of the sample, with two receipts in other currencies, one that is in it twice, and one that is too much. */
    static Report example() {
        return new Report("Ariadne", "Conference on Crete", List.of("""
                        HOTEL MINOS, Heraklion. Invoice 2026-118
                        3 nights, single room              EUR 396.00
                        """, """
                        LABYRINTH AIR. Ticket 390-2214
                        Zurich - Heraklion and back        USD 412.50
                        """, """
                        Taverna Ikaros. Dinner for four
                        with wine, thank you!              CHF 186.00
                        """, """
                        TAXI HERAKLION. Receipt 7731
                        airport - hotel                    EUR 28.00
                        """, """
                        TAXI HERAKLION. Receipt 7731
                        airport - hotel                    EUR 28.00
                        """));
    }
}
