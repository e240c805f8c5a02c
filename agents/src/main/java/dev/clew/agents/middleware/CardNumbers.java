package dev.clew.agents.middleware;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds numbers of payment cards in a row of groups of digits: other numbers may stand before and behind them. */
final class CardNumbers {
    private static final Pattern ROW = Pattern.compile("[0-9]+(?:[ -][0-9]+)*");
    private static final Pattern GROUP = Pattern.compile("[0-9]+");
    private static final int FEWEST = 13;
    private static final int MOST = 19;

    /** Shorter groups are parts of a card's number only if they are all that is there: lists of small numbers are none. */
    private static final int SHORTEST_GROUP = 3;

    private CardNumbers() {}

    static List<Span> in(String text) {
        List<Span> found = new ArrayList<>();
        Matcher rows = ROW.matcher(text);
        while (rows.find()) {
            List<Span> groups = new ArrayList<>();
            Matcher each = GROUP.matcher(text).region(rows.start(), rows.end());
            while (each.find()) {
                groups.add(new Span(each.start(), each.end()));
            }
            if (isCard(text.substring(rows.start(), rows.end()))) {
                found.add(new Span(rows.start(), rows.end()));
            } else {
                inRow(text, groups, found);
            }
        }
        return found;
    }

    private static void inRow(String text, List<Span> groups, List<Span> found) {
        int first = 0;
        while (first < groups.size()) {
            int behind = first + 1;
            int digits = 0;
            for (int last = first; last < groups.size() && digits <= MOST; last++) {
                Span group = groups.get(last);
                int length = group.end() - group.begin();
                if (length < SHORTEST_GROUP) {
                    break;
                }
                digits += length;
                if (isCard(text.substring(groups.get(first).begin(), group.end()))) {
                    behind = last + 1;
                }
            }
            if (behind > first + 1
                    || isCard(text.substring(
                            groups.get(first).begin(), groups.get(first).end()))) {
                found.add(new Span(
                        groups.get(first).begin(), groups.get(behind - 1).end()));
            }
            first = behind;
        }
    }

    /** The check digit of Luhn. */
    private static boolean isCard(String written) {
        int sum = 0;
        int digits = 0;
        for (int i = written.length() - 1; i >= 0; i--) {
            int digit = Character.digit(written.charAt(i), 10);
            if (digit < 0) {
                continue;
            }
            int value = digits % 2 == 1 ? digit * 2 : digit;
            sum += value > 9 ? value - 9 : value;
            digits++;
        }
        return digits >= FEWEST && digits <= MOST && sum % 10 == 0;
    }
}
