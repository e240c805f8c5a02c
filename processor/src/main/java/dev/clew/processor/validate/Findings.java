package dev.clew.processor.validate;

import dev.clew.processor.read.Location;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.annotation.processing.Messager;

/** All that was found about one flow, in source order, each thing once. Reported in one go, when all is known. */
public final class Findings {
    private final Set<Finding> all = new LinkedHashSet<>();

    void add(Rule rule, Location location, Object... details) {
        add(rule.at(location, details));
    }

    /** Adds what another stage has found. */
    public void add(Finding finding) {
        all.add(finding);
    }

    /** Adds what a codec of the user's may store all the same, and how to say so. */
    void warn(Rule rule, Location location, Object... details) {
        String advice = "; or compile with -A" + ValuesMode.OPTION + "=codec if a codec or module of yours stores it";
        add(new Finding(rule.code(), location, rule.message(details) + advice, Finding.Severity.WARNING));
    }

    /** Whether full code can be generated; notes do not stand in the way. */
    public boolean isClean() {
        return all.stream().noneMatch(Finding::isError);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public boolean has(Rule rule) {
        return !all.isEmpty() && has(rule.code());
    }

    /** Whether there is a finding of this code. */
    public boolean has(String code) {
        return all.stream().anyMatch(finding -> finding.code().equals(code));
    }

    /** Each finding, in the order in which they were found. */
    public void forEach(Consumer<Finding> consumer) {
        all.forEach(consumer);
    }

    /**
     * Shows the findings.
     *
     * @param shown what was shown before: a class and its subclasses find the same about an inherited method
     * @param knowsParameters whether the compiler knows where parameters stand; else their methods are shown
     */
    public void reportTo(Messager messager, Set<Finding> shown, boolean knowsParameters) {
        for (Finding finding : all) {
            if (shown.add(finding)) {
                Location place = knowsParameters
                        ? finding.location()
                        : finding.location().ofMethod();
                messager.printMessage(
                        finding.kind(), finding.message(), place.element(), place.annotation(), place.value());
            }
        }
    }
}
