package dev.clew.processor.validate;

import dev.clew.processor.read.FlowDeclaration;
import dev.clew.processor.read.Location;
import dev.clew.processor.read.Options;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Judges the method that makes a cache key of a task's arguments. */
public final class CacheKeyValidator {
    private final Elements elements;
    private final Types types;
    private final Visibility visibility;
    private final Findings findings;

    CacheKeyValidator(Elements elements, Types types, Visibility visibility, Findings findings) {
        this.elements = elements;
        this.types = types;
        this.visibility = visibility;
        this.findings = findings;
    }

    /** Of several methods of the name one must fit; the first says why it does not. */
    void validate(Options step, String key, Location location) {
        List<ExecutableElement> named = ElementFilter.methodsIn(step.owner().getEnclosedElements()).stream()
                .filter(method -> method.getSimpleName().contentEquals(key))
                .toList();
        if (named.isEmpty()) {
            String owner = FlowDeclaration.label(step.owner());
            findings.add(Rule.CACHE_KEY_UNKNOWN, location, owner, key);
            return;
        }
        List<Optional<String>> misfits =
                named.stream().map(method -> misfit(step, method)).toList();
        if (misfits.stream().allMatch(Optional::isPresent)) {
            findings.add(
                    Rule.CACHE_KEY_MISFIT,
                    location,
                    key,
                    step.label(),
                    misfits.get(0).orElseThrow());
        }
    }

    private Optional<String> misfit(Options step, ExecutableElement method) {
        if (!method.getModifiers().contains(Modifier.STATIC)) {
            return Optional.of("is not static");
        }
        if (!visibility.reaches(method)) {
            return Optional.of("cannot be called by generated code");
        }
        if (method.getReturnType().getKind() == TypeKind.VOID) {
            return Optional.of("returns nothing");
        }
        if (method.getThrownTypes().stream().anyMatch(this::isChecked)) {
            return Optional.of("throws a checked exception");
        }
        return takes(method, step) ? Optional.empty() : Optional.of("takes other parameters");
    }

    private boolean isChecked(TypeMirror thrown) {
        return Stream.of("java.lang.RuntimeException", "java.lang.Error")
                .map(name -> elements.getTypeElement(name).asType())
                .noneMatch(unchecked -> types.isSubtype(thrown, unchecked));
    }

    private boolean takes(ExecutableElement method, Options step) {
        List<TypeMirror> business = step.values();
        boolean fits = method.getParameters().size() == business.size();
        for (int i = 0; fits && i < business.size(); i++) {
            fits = types.isAssignable(
                    business.get(i), method.getParameters().get(i).asType());
        }
        return fits;
    }
}
