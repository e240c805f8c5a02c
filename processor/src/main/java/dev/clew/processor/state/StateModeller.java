package dev.clew.processor.state;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.NameAllocator;
import dev.clew.processor.model.Suppressions;
import dev.clew.processor.state.StateModel.ComponentModel;
import dev.clew.processor.state.StateModel.ReductionModel;
import dev.clew.processor.validate.TypeNames;
import dev.clew.processor.validate.Visibility;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Turns what the user wrote on a state into what generated code needs to know of it. */
final class StateModeller {
    private final Elements elements;

    StateModeller(Elements elements) {
        this.elements = elements;
    }

    StateModel model(StateDeclaration state) {
        Visibility visibility = new Visibility(elements, state.type());
        TypeNames names = new TypeNames(visibility);
        Map<String, String> constants = constants(state);
        List<ComponentModel> components = new ArrayList<>();
        for (ComponentDeclaration component : state.components()) {
            components.add(new ComponentModel(
                    component.name(),
                    Objects.requireNonNull(constants.get(component.name())),
                    names.of(component.type()),
                    component.isNullable(),
                    component.formerly(),
                    component.reduction().flatMap(reduction -> reduction(reduction, names))));
        }
        return new StateModel(
                state.type(),
                state.update(),
                visibility.reaches(state.type()) ? ClassName.get(state.type()) : ClassName.OBJECT,
                isPublic(state.type()),
                List.copyOf(components),
                new Suppressions(elements)
                        .of(
                                state.type(),
                                state.components().stream()
                                        .map(ComponentDeclaration::type)
                                        .toList()));
    }

    /** The names of the constants that describe the components, by the names of these. */
    static Map<String, String> constants(StateDeclaration state) {
        NameAllocator allocator = new NameAllocator();
        Map<String, String> constants = new HashMap<>();
        state.components().forEach(each -> constants.put(each.name(), allocator.newName(constant(each.name()))));
        return constants;
    }

    private static Optional<ReductionModel> reduction(Reduction reduction, TypeNames names) {
        return Optional.ofNullable(reduction.reducer())
                .map(fit -> new ReductionModel(
                        names.of(fit.update()), Objects.requireNonNullElseGet(fit.make(), () -> CodeBlock.of("null"))));
    }

    private static String constant(String name) {
        return name.replaceAll("(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})", "_").toUpperCase(Locale.ROOT);
    }

    private static boolean isPublic(TypeElement state) {
        for (Element each = state; each instanceof TypeElement; each = each.getEnclosingElement()) {
            if (!each.getModifiers().contains(Modifier.PUBLIC)) {
                return false;
            }
        }
        return true;
    }
}
