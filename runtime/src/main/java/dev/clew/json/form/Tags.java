package dev.clew.json.form;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The discriminators of sealed hierarchies: the simple name of each class that a sealed type permits, however deep.
 *
 * <p>They come from the permits lists that the compiler wrote, so no text can name any other class.
 */
public final class Tags {
    /** No component and no bean property has this name: it is no Java identifier. */
    public static final String PROPERTY = "@type";

    private Tags() {}

    /** Sealed by its author; what the JDK seals ({@code EnumSet} since 25) is its own affair and may change. */
    public static boolean isSealed(Class<?> type) {
        return type.isSealed() && !type.isEnum() && !Refusals.isPlatform(type);
    }

    /** The concrete classes below a sealed type by their discriminators. */
    public static Map<String, Class<?>> permitted(Class<?> sealed) {
        Map<String, Class<?>> byName = new LinkedHashMap<>();
        List<Class<?>> all = new ArrayList<>(List.of(sealed));
        for (int i = 0; i < all.size(); i++) {
            Class<?> next = all.get(i);
            if (isSealed(next)) {
                Stream.of(next.getPermittedSubclasses())
                        .filter(permitted -> !all.contains(permitted))
                        .forEach(all::add);
            }
            if (isConcrete(next)) {
                add(next, byName, sealed);
            }
        }
        return byName;
    }

    /** The discriminator of a class below a sealed type, else null. */
    public static @Nullable String of(Class<?> type) {
        if (!isConcrete(type)) {
            return null;
        }
        for (Class<?> sealed : sealedAbove(type, new HashSet<>())) {
            if (permitted(sealed).containsValue(type)) {
                return type.getSimpleName();
            }
        }
        return null;
    }

    /** Requires the discriminator at the current token to be this one. */
    public static void check(@Nullable String tag, JsonParser in) {
        Shape.expect(JsonToken.VALUE_STRING, in, "a type name");
        if (!in.getString().equals(tag)) {
            throw new Misfit("the stored type is not " + tag);
        }
    }

    private static boolean isConcrete(Class<?> type) {
        return type.isEnum() || !Modifier.isAbstract(type.getModifiers());
    }

    private static void add(Class<?> type, Map<String, Class<?>> byName, Class<?> sealed) {
        Class<?> other = byName.put(type.getSimpleName(), type);
        if (other != null) {
            throw new Misfit("two permitted classes of " + sealed.getName() + " share the simple name "
                    + type.getSimpleName() + ": " + other.getName() + " and " + type.getName() + "; rename one");
        }
    }

    private static Set<Class<?>> sealedAbove(Class<?> type, Set<Class<?>> found) {
        if (isSealed(type)) {
            found.add(type);
        }
        if (type.getSuperclass() != null) {
            sealedAbove(type.getSuperclass(), found);
        }
        for (Class<?> above : type.getInterfaces()) {
            sealedAbove(above, found);
        }
        return found;
    }
}
