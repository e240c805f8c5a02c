package dev.clew.inspector;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Skips tests, with a word, where there is no browser or the page was left out; and gives them the browser of this process. */
final class NeedsBrowser implements ExecutionCondition, ParameterResolver {
    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(NeedsBrowser.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> missing = Browser.missing();
        if (missing.isPresent()) {
            return ConditionEvaluationResult.disabled(missing.get());
        }
        return NeedsBrowser.class.getResource("/META-INF/clew-inspector/app.js") == null
                ? ConditionEvaluationResult.disabled("the page was left out, since there was no node to bundle it")
                : ConditionEvaluationResult.enabled("there is a browser");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    /** JUnit closes what is in the root's store when all classes are done. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(OWN)
                .computeIfAbsent(Browser.class, any -> Browser.open(1280, 900, false), Browser.class);
    }
}
