package dev.clew.json.shape;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.clew.json.form.Misfit;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names of a record's component in JSON. Annotations count on the field, the accessor and the parameter of the
 * canonical constructor: the compiler copies one to those that are not written out.
 *
 * @param name the name that is written
 * @param former the name that was written when annotations of the accessor alone counted
 * @param all the names that are read, the written one first
 */
record ComponentNames(String name, String former, Set<String> all) {
    /** The names of all components. A former name gives way to a component that has it as its name. */
    static ComponentNames[] of(Class<?> owner) {
        RecordComponent[] components = owner.getRecordComponents();
        ComponentNames[] names = new ComponentNames[components.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = of(components[i], i);
        }
        for (ComponentNames own : names) {
            boolean taken = Arrays.stream(names)
                    .anyMatch(other -> !other.name.equals(own.name) && other.all.contains(own.former));
            if (taken && !own.former.equals(own.name)) {
                own.all.remove(own.former);
            }
        }
        return names;
    }

    private static ComponentNames of(RecordComponent component, int index) {
        List<AnnotatedElement> places = places(component, index);
        String where = component.getDeclaringRecord().getName() + "." + component.getName();
        if (find(JsonIgnore.class, places).anyMatch(JsonIgnore::value)) {
            throw new Misfit(
                    "@JsonIgnore on " + where + " would lose the component, and a value comes back whole or not"
                            + " at all; leave the component out of the record");
        }
        Set<String> given = names(component.getName(), places);
        if (given.size() > 1) {
            throw new Misfit(where + " has several names, in its @JsonProperty annotations: " + given + "; keep one");
        }
        String name = given.iterator().next();
        String former = names(component.getName(), List.of(component.getAccessor()))
                .iterator()
                .next();
        Set<String> all = new LinkedHashSet<>(List.of(name, former));
        find(JsonAlias.class, places).forEach(alias -> all.addAll(List.of(alias.value())));
        return new ComponentNames(name, former, all);
    }

    /** The names that annotations give, or that of the component if there are none. */
    private static Set<String> names(String declared, List<AnnotatedElement> places) {
        Set<String> given = new LinkedHashSet<>();
        find(JsonProperty.class, places).forEach(property -> given.add(property.value()));
        given.remove("");
        return given.isEmpty() ? Set.of(declared) : given;
    }

    private static List<AnnotatedElement> places(RecordComponent component, int index) {
        Class<?> owner = component.getDeclaringRecord();
        try {
            return List.of(
                    component.getAccessor(),
                    owner.getDeclaredField(component.getName()),
                    RecordShape.constructor(owner).getParameters()[index]);
        } catch (NoSuchFieldException e) {
            throw new Misfit("cannot read the components of " + owner.getName(), e);
        }
    }

    private static <A extends Annotation> Stream<A> find(Class<A> type, List<AnnotatedElement> places) {
        return places.stream().map(place -> place.getAnnotation(type)).filter(Objects::nonNull);
    }
}
