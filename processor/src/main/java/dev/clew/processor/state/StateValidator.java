package dev.clew.processor.state;

import dev.clew.graph.topology.GraphRule;
import dev.clew.processor.read.GraphNames;
import dev.clew.processor.read.Known;
import dev.clew.processor.read.Location;
import dev.clew.processor.validate.Finding;
import dev.clew.processor.validate.Findings;
import dev.clew.processor.validate.Rule;
import dev.clew.processor.validate.ValueTypes;
import dev.clew.processor.validate.ValuesMode;
import dev.clew.processor.validate.Visibility;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Judges a state: the record itself, then each component, then the components beside each other. */
public final class StateValidator {
    /** The containers of the JDK that have an unmodifiable view, as the builder judges them, too. */
    static final Set<String> KEPT = Set.of(
            "java.util.Collection",
            "java.util.List",
            "java.util.Set",
            "java.util.SortedSet",
            "java.util.NavigableSet",
            "java.util.Map",
            "java.util.SortedMap",
            "java.util.NavigableMap");

    /** Names of methods that an update has already; {@code replace…} is judged apart. */
    private static final Set<String> RESERVED =
            Set.of("and", "applyTo", "changes", "equals", "fresh", "goTo", "update");

    private final Elements elements;
    private final Types types;
    private final Known known;
    private final ValuesMode mode;

    public StateValidator(Elements elements, Types types, Known known, ValuesMode mode) {
        this.elements = elements;
        this.types = types;
        this.known = known;
        this.mode = mode;
    }

    public Findings validate(StateDeclaration state) {
        Findings findings = new Findings();
        Location here = Location.of(state.type());
        if (elements.getTypeElement(GraphNames.STATE_SPEC.canonicalName()) == null) {
            findings.add(StateRule.GRAPH_MISSING.at(here, state.label()));
            return findings;
        }
        if (state.type().getKind() != ElementKind.RECORD) {
            findings.add(StateRule.STATE_KIND.at(here, state.label(), kind(state.type())));
            return findings;
        }
        record(state, here, findings);
        ValueTypes values =
                new ValueTypes(elements, types, known, new Visibility(elements, state.type()), findings, mode);
        for (ComponentDeclaration component : state.components()) {
            values.check(component.type(), component.here());
            container(component, findings);
            component(component, state, findings);
        }
        formerNames(state, findings);
        if (findings.isEmpty()) {
            state.components().forEach(component -> copied(component, findings));
        }
        return findings;
    }

    private static String kind(TypeElement type) {
        String kind = type.getKind().name().toLowerCase(Locale.ROOT).replace("annotation_type", "annotation");
        return (kind.matches("[aeiou].*") ? "an " : "a ") + kind;
    }

    private void record(StateDeclaration state, Location here, Findings findings) {
        if (!state.type().getTypeParameters().isEmpty()) {
            findings.add(StateRule.STATE_GENERIC.at(here, state.label()));
        }
        if (isPrivate(state.type())) {
            findings.add(StateRule.STATE_PRIVATE.at(here, state.label()));
        }
        if (state.components().isEmpty()) {
            findings.add(StateRule.STATE_EMPTY.at(here, state.label()));
        }
        if (known.isTaken(state.update(), state.type())) {
            findings.add(Rule.NAME_TAKEN.at(here, state.update().canonicalName(), state.label()));
        }
    }

    private static boolean isPrivate(Element type) {
        return type.getModifiers().contains(Modifier.PRIVATE)
                || (type.getEnclosingElement() instanceof TypeElement outer && isPrivate(outer));
    }

    private void container(ComponentDeclaration component, Findings findings) {
        if (!(component.type() instanceof DeclaredType declared)) {
            return;
        }
        String name = declared.asElement().toString();
        boolean isContainer = isA(declared, "java.util.Collection") || isA(declared, "java.util.Map");
        if (isContainer && name.startsWith("java.util.") && !KEPT.contains(name)) {
            findings.add(new Finding(
                    GraphRule.COMPONENT_CONTAINER.code(),
                    component.here(),
                    GraphRule.COMPONENT_CONTAINER.message(
                            component.name(), declared.asElement().getSimpleName()),
                    Finding.Severity.ERROR));
        }
    }

    /** What grows over a run should not be copied for each node. */
    private void copied(ComponentDeclaration component, Findings findings) {
        boolean isReduced = component.reduction().isPresent();
        boolean grows = !isKeptShort(component)
                && component.type() instanceof DeclaredType declared
                && (isA(declared, "java.util.Collection") || isA(declared, "java.util.Map"));
        if (isReduced && grows && !SharedTypes.isShared(component, types)) {
            findings.add(new Finding(
                    GraphRule.COMPONENT_COPIED.code(),
                    component.here(),
                    GraphRule.COMPONENT_COPIED.message(component.name(), component.type()),
                    Finding.Severity.NOTE));
        }
    }

    private static boolean isKeptShort(ComponentDeclaration component) {
        return component.reductions().stream().anyMatch(each -> label(each).equals("KeepLast"));
    }

    private boolean isA(DeclaredType type, String name) {
        TypeElement above = elements.getTypeElement(name);
        return above != null && types.isAssignable(types.erasure(type), types.erasure(above.asType()));
    }

    private static void component(ComponentDeclaration component, StateDeclaration state, Findings findings) {
        String name = component.name();
        boolean isReplacement = state.components().stream()
                .anyMatch(each -> each.reduction().isPresent() && name.equals(UpdateCode.replace(each.name())));
        if (RESERVED.contains(name) || isReplacement) {
            findings.add(StateRule.COMPONENT_RESERVED.at(component.here(), name));
        }
        List<Reduction> reductions = component.reductions();
        if (reductions.size() > 1) {
            findings.add(StateRule.REDUCER_TWICE.at(
                    component.here(),
                    name,
                    reductions.stream().map(each -> "@" + label(each)).collect(Collectors.joining(", "))));
        } else if (reductions.size() == 1) {
            reduction(component, reductions.get(0), findings);
        }
    }

    private static void reduction(ComponentDeclaration component, Reduction reduction, Findings findings) {
        Location place = component.here();
        Reduction.Fit fit = reduction.reducer();
        if (fit == null) {
            findings.add(StateRule.REDUCER_MISFIT.at(place, label(reduction), component.type()));
        } else if (fit.make() == null) {
            int members = ElementFilter.methodsIn(reduction
                            .annotation()
                            .getAnnotationType()
                            .asElement()
                            .getEnclosedElements())
                    .size();
            boolean isOwn = !label(reduction).equals("Reduce") && members > 0;
            findings.add(StateRule.REDUCER_UNMAKEABLE.at(
                    place, fit.type(), isOwn ? "the members of @" + label(reduction) : "nothing"));
        }
        if (component.isNullable()) {
            findings.add(StateRule.REDUCED_NULLABLE.at(component.here(), component.name()));
        }
    }

    private static String label(Reduction reduction) {
        DeclaredType type = reduction.annotation().getAnnotationType();
        return type.asElement().getSimpleName().toString();
    }

    private static void formerNames(StateDeclaration state, Findings findings) {
        Set<String> present =
                state.components().stream().map(ComponentDeclaration::name).collect(Collectors.toSet());
        Set<String> former = new HashSet<>();
        for (ComponentDeclaration component : state.components()) {
            for (String name : component.formerly()) {
                String problem = name.isBlank()
                        ? "is blank"
                        : present.contains(name)
                                ? "is the name of a component"
                                : former.add(name) ? "" : "is written twice";
                if (!problem.isEmpty()) {
                    findings.add(StateRule.FORMER_NAME.at(component.here(), name, component.name(), problem));
                }
            }
        }
    }
}
