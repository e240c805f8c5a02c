package dev.clew.spring.boot;

import dev.clew.spring.IncompatibleVersionException;
import dev.clew.spring.NoCheckpointerException;
import dev.clew.value.ClewException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows what Clew refused at the start without a stack trace. */
final class ClewFailureAnalyzer extends AbstractFailureAnalyzer<ClewException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ClewException cause) {
        String action = "Change what the description names.";
        if (cause instanceof IncompatibleVersionException) {
            action = "Declare the versions that the description names; docs/compatibility.md has the tables.";
        } else if (cause instanceof NoCheckpointerException) {
            action = "Say where threads are stored, as the description lists.";
        }
        return new FailureAnalysis("Clew does not start: " + cause.getMessage(), action, cause);
    }
}
