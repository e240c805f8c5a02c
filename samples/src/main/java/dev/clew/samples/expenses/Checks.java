package dev.clew.samples.expenses;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is looked at before a person is asked. Each check reads the expenses and says what is wrong. */
final class Checks {
    private Checks() {}

    static List<Finding> overLimit(List<Expense> expenses, Policy policy) {
        List<Finding> found = new ArrayList<>();
        for (int i = 0; i < expenses.size(); i++) {
            Euros most = policy.most(expenses.get(i).item().category());
            if (expenses.get(i).euros().isMoreThan(most)) {
                found.add(new Finding(i, "over the limit of " + most));
            }
        }
        return found;
    }

    static List<Finding> duplicates(List<Expense> expenses) {
        List<Finding> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < expenses.size(); i++) {
            String number = expenses.get(i).item().number();
            if (!number.isEmpty() && !seen.add(number)) {
                found.add(new Finding(i, "receipt " + number + " is in the report twice"));
            }
        }
        return found;
    }

    static List<Finding> withoutNumber(List<Expense> expenses) {
        List<Finding> found = new ArrayList<>();
        for (int i = 0; i < expenses.size(); i++) {
            if (expenses.get(i).item().number().isEmpty()) {
                found.add(new Finding(i, "its receipt has no number"));
            }
        }
        return found;
    }
}
