package dev.clew.json;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The names of a record's component in JSON. Annotations count on the field, the accessor and the parameter of the
 * canonical constructor: the compiler copies one to those that are not written out.
 *
 * @param name the name that is written
 * @param former the name that was written when annotations of the accessor alone counted
 * @param all the names that are read, the written one first
 */
record ComponentNames(String name, String former, Set<String> all) {
    static ComponentNames of(RecordComponent component, int index) {
        List<AnnotatedElement> places = places(component, index);
        String declared = component.getName();
        String where = component.getDeclaringRecord().getName() + "." + declared;
        if (find(JsonIgnore.class, places).stream().anyMatch(JsonIgnore::value)) {
            throw new Misfit(
                    "@JsonIgnore on " + where + " would lose the component, and a value comes back whole or not"
                            + " at all; leave the component out of the record");
        }
        Set<String> given = new LinkedHashSet<>();
        find(JsonProperty.class, places).forEach(property -> given.add(property.value()));
        given.remove("");
        if (given.size() > 1) {
            throw new Misfit(where + " has several names, in its @JsonProperty annotations: " + given + "; keep one");
        }
        String name = given.isEmpty() ? declared : given.iterator().next();
        String former = former(component);
        Set<String> all = new LinkedHashSet<>(List.of(name, former));
        find(JsonAlias.class, places).forEach(alias -> all.addAll(List.of(alias.value())));
        return new ComponentNames(name, former, all);
    }

    private static List<AnnotatedElement> places(RecordComponent component, int index) {
        Class<?> owner = component.getDeclaringRecord();
        List<AnnotatedElement> places = new ArrayList<>(List.of(component.getAccessor()));
        try {
            places.add(owner.getDeclaredField(component.getName()));
            Constructor<?> canonical = owner.getDeclaredConstructor(RecordMaker.componentTypes(owner));
            places.add(canonical.getParameters()[index]);
        } catch (NoSuchMethodException | NoSuchFieldException e) {
            throw new Misfit("cannot read the components of " + owner.getName(), e);
        }
        return places;
    }

    private static <A extends Annotation> List<A> find(Class<A> type, List<AnnotatedElement> places) {
        return places.stream()
                .map(place -> place.getAnnotation(type))
                .filter(Objects::nonNull)
                .toList();
    }

    private static String former(RecordComponent component) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property == null || property.value().isEmpty() ? component.getName() : property.value();
    }

    /** Whether another component takes this name as its own; then it is none of ours. */
    ComponentNames without(String taken) {
        Set<String> rest = new LinkedHashSet<>(all);
        rest.remove(taken);
        return new ComponentNames(name, former, rest);
    }

    /** The names of all components. A former name gives way to a component that has it as its name. */
    static ComponentNames[] of(Class<?> owner) {
        RecordComponent[] components = owner.getRecordComponents();
        ComponentNames[] names = new ComponentNames[components.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = of(components[i], i);
        }
        for (int i = 0; i < names.length; i++) {
            ComponentNames own = names[i];
            boolean taken = !own.former.equals(own.name)
                    && Arrays.stream(names)
                            .anyMatch(other -> !other.name.equals(own.name) && other.all.contains(own.former));
            names[i] = taken ? own.without(own.former) : own;
        }
        return names;
    }
}
