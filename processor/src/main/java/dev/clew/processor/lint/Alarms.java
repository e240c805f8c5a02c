package dev.clew.processor.lint;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Collects what was found, but for what the user silenced on a variable, method or class around it. */
final class Alarms {
    private final Names names;
    private final Set<Alarm> all = new LinkedHashSet<>();
    /** What has its alarm: a chain of calls leads to the same place again and again. */
    private final Set<Map.Entry<LintRule, Tree>> seen = new HashSet<>();

    Alarms(Names names) {
        this.names = names;
    }

    void add(LintRule rule, TreePath underlined, String where, String flow) {
        if (seen.add(Map.entry(rule, underlined.getLeaf())) && !isSilenced(rule, underlined)) {
            all.add(new Alarm(rule, underlined, rule.message(Wording.of(underlined.getLeaf()), where), flow));
        }
    }

    Set<Alarm> all() {
        return all;
    }

    private boolean isSilenced(LintRule rule, TreePath place) {
        for (TreePath around = place; around != null; around = around.getParentPath()) {
            Tree.Kind kind = around.getLeaf().getKind();
            boolean declares = kind == Tree.Kind.VARIABLE
                    || kind == Tree.Kind.METHOD
                    || kind == Tree.Kind.CLASS
                    || kind == Tree.Kind.RECORD
                    || kind == Tree.Kind.INTERFACE
                    || kind == Tree.Kind.ENUM;
            Element declared = declares ? names.element(around) : null;
            if (declared != null && declared.getAnnotationMirrors().stream().anyMatch(mirror -> names(mirror, rule))) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(AnnotationMirror mirror, LintRule rule) {
        return Names.name((TypeElement) mirror.getAnnotationType().asElement()).equals("java.lang.SuppressWarnings")
                && mirror.getElementValues().values().stream().anyMatch(value -> contains(value, rule.silencer()));
    }

    private static boolean contains(AnnotationValue value, String silencer) {
        return value.getValue() instanceof Iterable<?> several
                ? several.toString().contains('"' + silencer + '"')
                : silencer.equals(value.getValue());
    }
}
