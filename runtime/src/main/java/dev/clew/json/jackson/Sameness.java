package dev.clew.json.jackson;

import dev.clew.json.form.Advice;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Refusals;
import dev.clew.json.shape.ElementsShape;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value that was written and read again is the same.
 *
 * <p>It is if its class says so by {@code equals}. Otherwise, and for what a class adds to a superclass of the JDK, all
 * its fields must be the same; transient ones are no part of a value. Arrays and containers are compared by their
 * elements. What was read as plain data, where {@code Object} is declared, may be of another class.
 */
final class Sameness {
    private static final Set<Class<?>> PLAIN = Set.of(String.class, Boolean.class);

    private final IdentityHashMap<Object, Object> compared = new IdentityHashMap<>();

    private Sameness() {}

    /** @throws Misfit with the path of the first difference */
    static void check(Object value, @Nullable Object copy) {
        new Sameness().compare(value, copy);
    }

    /** Whether something but the stored bytes tells two values of this class apart. */
    static boolean isDefinedFor(Object value) {
        Class<?> type = value.getClass();
        return overridesEquals(type) || type.isArray() || value instanceof Collection || value instanceof Map;
    }

    private void compare(@Nullable Object value, @Nullable Object copy) {
        if (value == copy || (value != null && copy != null && compared.put(value, copy) == copy)) {
            return;
        }
        if (value == null) {
            throw new Misfit("null would come back as a value of "
                    + Objects.requireNonNull(copy).getClass().getName());
        }
        if (copy == null) {
            throw new Misfit(Advice.different(value));
        }
        if (value.getClass().isArray() && copy.getClass().isArray()) {
            elements(ElementsShape.elements(value), ElementsShape.elements(copy), value);
        } else if (value instanceof Optional<?> one && copy instanceof Optional<?> other) {
            compare(one.orElse(null), other.orElse(null));
        } else if (value.getClass() != copy.getClass()) {
            require(sameElements(value, copy) || isPlain(copy) || value.equals(copy), value);
        } else if (Refusals.isPlatform(value.getClass()) || value instanceof Enum) {
            boolean told = overridesEquals(value.getClass());
            require(sameElements(value, copy) || !told || value.equals(copy), value);
        } else if (!saysEqual(value, copy)) {
            superclass(value, copy);
            fields(value, copy);
        }
    }

    private void compare(Object owner, String member, @Nullable Object value, @Nullable Object copy) {
        Misfit.at(owner, member, () -> {
            compare(value, copy);
            return this;
        });
    }

    private static boolean isPlain(Object copy) {
        return PLAIN.contains(copy.getClass())
                || (copy instanceof Number && Refusals.isPlatform(copy.getClass()))
                || copy.getClass() == java.util.LinkedHashMap.class
                || copy.getClass() == ArrayList.class;
    }

    private boolean sameElements(Object value, Object copy) {
        if (value instanceof Map<?, ?> one && copy instanceof Map<?, ?> other) {
            members(one, other);
            return true;
        }
        if (value instanceof Set && copy instanceof Set && value.equals(copy)) {
            return true;
        }
        if (value instanceof Collection<?> one && copy instanceof Collection<?> other) {
            elements(one, other, value);
            return true;
        }
        return false;
    }

    /** By keys where both have the same ones, in whatever order; else, of keys that say nothing of equality, by order. */
    private void members(Map<?, ?> value, Map<?, ?> copy) {
        require(value.size() == copy.size(), value);
        if (value.keySet().equals(copy.keySet())) {
            value.forEach((key, member) -> compare(value, String.valueOf(key), member, copy.get(key)));
        } else {
            elements(value.keySet(), copy.keySet(), value);
            elements(value.values(), copy.values(), value);
        }
    }

    private void elements(Collection<?> values, Collection<?> copies, Object owner) {
        require(values.size() == copies.size(), owner);
        Iterator<?> copy = copies.iterator();
        Misfit.each(values, value -> compare(value, copy.next()));
    }

    /** The word of a class of the JDK covers nothing that a subclass adds. */
    private static boolean saysEqual(Object value, Object copy) {
        Class<?> declaring = equalsOf(value.getClass());
        return declaring != Object.class && !Refusals.isPlatform(declaring) && value.equals(copy);
    }

    private void superclass(Object value, Object copy) {
        Class<?> declaring = equalsOf(value.getClass());
        if (!sameElements(value, copy) && declaring != Object.class && Refusals.isPlatform(declaring)) {
            require(value.equals(copy), value);
        }
    }

    private void fields(Object value, Object copy) {
        for (Field field : BeanMembers.fields(value.getClass())) {
            if (!field.trySetAccessible()) {
                require(value.equals(copy) || equalsOf(value.getClass()) == Object.class, value);
                return;
            }
            compare(value, field.getName(), get(field, value), get(field, copy));
        }
    }

    private static @Nullable Object get(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new Misfit("cannot read " + field, e);
        }
    }

    private static boolean overridesEquals(Class<?> type) {
        return equalsOf(type) != Object.class;
    }

    /** The class whose {@code equals} this class has. */
    static Class<?> equalsOf(Class<?> type) {
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(boolean same, Object value) {
        if (!same) {
            throw new Misfit(Advice.different(value));
        }
    }
}
