package dev.clew.processor.lint;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Judges a call by what it calls: the JDK's own sources of surprise, and steps that are called past the handle. */
final class CallCheck {
    private static final String CLOCK = "java.time.Clock";

    private final Names names;
    private final Durable durable;
    private final Banned banned;

    CallCheck(Names names, Durable durable) {
        this.names = names;
        this.durable = durable;
        this.banned = new Banned(names);
    }

    /**
     * Judges one.
     *
     * @param path the call, reference or {@code new}
     * @param underlined what to underline: the call without its arguments
     * @param called what it calls
     * @param caller the method that it stands in
     */
    void check(TreePath path, TreePath underlined, ExecutableElement called, Element caller, Report report) {
        banned.rule(called)
                .or(() -> clock(path, underlined, called))
                .or(() -> chance(underlined, called))
                .or(() -> parallel(path, called))
                .or(() -> direct(underlined, called, caller))
                .ifPresent(rule -> report.alarm(rule, underlined));
    }

    boolean isStandardInput(@Nullable Element element) {
        return element != null
                && element.getKind() == ElementKind.FIELD
                && element.getSimpleName().contentEquals("in")
                && Names.isOwnedBy(element, "java.lang.System");
    }

    /** A clock that a body made itself may be a fixed one; one that it was given is the machine's. */
    private Optional<LintRule> clock(TreePath path, TreePath underlined, ExecutableElement called) {
        boolean asks = Names.owner(called)
                        .filter(owner -> names.lineage(owner).contains(CLOCK))
                        .isPresent()
                && List.of("instant", "millis").contains(called.getSimpleName().toString())
                && isGiven(receiver(underlined));
        boolean passes = called.getSimpleName().contentEquals("now")
                && called.getParameters().size() == 1
                && path.getLeaf() instanceof MethodInvocationTree call
                && names.isA(called.getParameters().get(0).asType(), CLOCK)
                && isGiven(Optional.of(new TreePath(path, call.getArguments().get(0))));
        boolean zoned = called.getSimpleName().contentEquals("now")
                && called.getParameters().size() == 1
                && Names.owner(called)
                        .filter(owner -> Names.name(owner).startsWith("java.time."))
                        .isPresent()
                && names.isA(called.getParameters().get(0).asType(), "java.time.ZoneId");
        return Optional.of(LintRule.CLOCK).filter(rule -> asks || passes || zoned);
    }

    /** A generator in a field goes on where another run left it. */
    private Optional<LintRule> chance(TreePath underlined, ExecutableElement called) {
        return Optional.of(LintRule.RANDOM)
                .filter(rule -> Names.owner(called)
                        .filter(owner -> names.lineage(owner).contains("java.util.random.RandomGenerator"))
                        .isPresent())
                .filter(rule -> receiver(underlined)
                        .filter(path -> Names.isField(names.element(path)))
                        .isPresent());
    }

    private boolean isGiven(Optional<TreePath> expression) {
        return expression
                .map(names::element)
                .filter(element -> Names.isField(element) || isParameterOfStep(element))
                .isPresent();
    }

    /** A helper or a lambda may be given a clock that its caller fixed. */
    private static boolean isParameterOfStep(Element element) {
        return element.getKind() == ElementKind.PARAMETER
                && element.getEnclosingElement() instanceof ExecutableElement method
                && Names.isStep(method)
                && method.getParameters().contains(element);
    }

    /** A parallel stream that only computes is harmless. */
    private Optional<LintRule> parallel(TreePath path, ExecutableElement called) {
        return Optional.of(LintRule.THREAD)
                .filter(rule -> List.of("parallelStream", "parallel")
                        .contains(called.getSimpleName().toString()))
                .filter(rule -> called.getParameters().isEmpty())
                .filter(rule -> Chain.laterArguments(path).stream().anyMatch(durable::isReachedFrom));
    }

    private Optional<LintRule> direct(TreePath underlined, ExecutableElement called, Element caller) {
        boolean overridden = underlined.getLeaf() instanceof MemberSelectTree select
                && Names.isNamed(select.getExpression(), "super")
                && called.getSimpleName().equals(caller.getSimpleName());
        return Optional.of(LintRule.DIRECT_CALL).filter(rule -> Names.isStep(called) && !overridden);
    }

    private static Optional<TreePath> receiver(TreePath underlined) {
        return underlined.getLeaf() instanceof ExpressionTree expression
                ? Names.receiver(expression).map(tree -> new TreePath(underlined, tree))
                : Optional.empty();
    }
}
