package dev.clew.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which collection or map is made for which declared type. */
final class Containers {
    /** The first that fits is taken; a linked list is the only queue that holds nulls. */
    @SuppressWarnings("JdkObsolete")
    private static final List<Supplier<Object>> DEFAULTS = List.of(
            ArrayList::new,
            LinkedHashSet::new,
            TreeSet::new,
            LinkedList::new,
            LinkedBlockingDeque::new,
            LinkedHashMap::new,
            TreeMap::new,
            ConcurrentHashMap::new,
            ConcurrentSkipListMap::new);

    /** Those whose order or identity a copy would not have. */
    private static final List<Class<?>> LOSSY =
            List.of(PriorityQueue.class, PriorityBlockingQueue.class, IdentityHashMap.class, WeakHashMap.class);

    private Containers() {}

    /** Makes empty maps of a declared class; null where it cannot be told how. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // empty, and of a key class that was checked to be an enum
    static @Nullable Supplier<Map<Object, @Nullable Object>> map(Class<?> type, Class<?> key) {
        if (type == EnumMap.class) {
            return key.isEnum() ? () -> new EnumMap(key) : null;
        }
        return (Supplier) (type == HashMap.class ? (Supplier<Object>) LinkedHashMap::new : factory(type));
    }

    /** Makes empty collections of a declared class; null where it cannot be told how. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // empty, and of an element class that was checked to be an enum
    static @Nullable Supplier<Collection<@Nullable Object>> collection(Class<?> type, Class<?> element) {
        if (type == EnumSet.class) {
            return element.isEnum() ? () -> EnumSet.noneOf((Class) element) : null;
        }
        return (Supplier) (type == HashSet.class ? (Supplier<Object>) LinkedHashSet::new : factory(type));
    }

    /** A sorted container is read back in natural order: another order would be lost, so it is refused. */
    static void checkOrder(Class<?> declared, @Nullable Comparator<?> comparator) {
        if (comparator != null
                && comparator != Comparator.naturalOrder()
                && (SortedSet.class.isAssignableFrom(declared) || SortedMap.class.isAssignableFrom(declared))) {
            throw new Misfit("a sorted container with its own comparator, which is not stored");
        }
    }

    private static @Nullable Supplier<Object> factory(Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers())) {
            return DEFAULTS.stream()
                    .filter(candidate -> type.isInstance(candidate.get()))
                    .findFirst()
                    .orElse(null);
        }
        return LOSSY.contains(type) || !Modifier.isPublic(type.getModifiers()) ? null : constructor(type);
    }

    private static @Nullable Supplier<Object> constructor(Class<?> type) {
        try {
            Constructor<?> constructor = type.getConstructor();
            return () -> newInstance(constructor);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static Object newInstance(Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new Misfit("cannot create " + constructor.getDeclaringClass().getName(), e);
        }
    }
}
