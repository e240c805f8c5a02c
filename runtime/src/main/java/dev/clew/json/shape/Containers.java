package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
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
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/** Which shape a collection or map of the JDK has, and what is made for which declared class. */
public final class Containers {
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

    /** Views that keep containers from being changed, for those declared types that have one. */
    private static final Map<Class<?>, UnaryOperator<Object>> VIEWS = Map.of(
            Collection.class, value -> Collections.unmodifiableList((List<?>) value),
            List.class, value -> Collections.unmodifiableList((List<?>) value),
            Set.class, value -> Collections.unmodifiableSet((Set<?>) value),
            SortedSet.class, value -> Collections.unmodifiableSortedSet((SortedSet<?>) value),
            NavigableSet.class, value -> Collections.unmodifiableNavigableSet((NavigableSet<?>) value),
            Map.class, value -> Collections.unmodifiableMap((Map<?, ?>) value),
            SortedMap.class, value -> Collections.unmodifiableSortedMap((SortedMap<?, ?>) value),
            NavigableMap.class, value -> Collections.unmodifiableNavigableMap((NavigableMap<?, ?>) value));

    private Containers() {}

    public static boolean isOurs(Class<?> type) {
        return (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))
                && type.getName().startsWith("java.util.");
    }

    /** What a container is as plain data. */
    public static Class<?> interfaceOf(Class<?> type) {
        for (Class<?> candidate : List.of(Map.class, List.class, Set.class, Deque.class, Queue.class)) {
            if (candidate.isAssignableFrom(type)) {
                return candidate;
            }
        }
        return Collection.class;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // empty, and of the class that was asked for
    public static Shape shapeOf(JavaType type, Shapes shapes) {
        Class<?> raw = type.getRawClass();
        boolean map = type.isMapLikeType();
        Supplier factory = factory(raw, (map ? type.getKeyType() : type.getContentType()).getRawClass());
        if (factory != null) {
            Supplier<Shape> content = shapes.lazy(type.getContentType());
            UnaryOperator<Object> itself = UnaryOperator.identity();
            UnaryOperator<Object> view = shapes.isUnmodifiable() ? VIEWS.getOrDefault(raw, itself) : itself;
            return map
                    ? new MapShape(type, factory, content, view, shapes)
                    : new ElementsShape(raw, factory, content, view);
        }
        // The JDK's own hidden classes, such as that of List.of(), are met only as the class of a value.
        return Modifier.isPublic(raw.getModifiers())
                ? new RefusedShape(
                        raw, raw.getName() + " cannot be read back; declare an interface such as List or Map")
                : shapes.of(asInterface(type, raw, shapes));
    }

    /** A sorted container is read back in natural order: another order would be lost, so it is refused. */
    static void checkOrder(Class<?> declared, @Nullable Comparator<?> comparator) {
        if (comparator != null
                && comparator != Comparator.naturalOrder()
                && (SortedSet.class.isAssignableFrom(declared) || SortedMap.class.isAssignableFrom(declared))) {
            throw new Misfit("a sorted container with its own comparator, which is not stored");
        }
    }

    private static JavaType asInterface(JavaType type, Class<?> raw, Shapes shapes) {
        TypeFactory types = shapes.mapper().getTypeFactory();
        return type.isMapLikeType()
                ? types.constructMapType(Map.class, type.getKeyType(), type.getContentType())
                : types.constructCollectionType(interfaceOf(raw).asSubclass(Collection.class), type.getContentType());
    }

    /** Makes empty containers of a declared class; null if nothing says how. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the parameter was checked to be an enum
    private static @Nullable Supplier<?> factory(Class<?> type, Class<?> parameter) {
        if (type == EnumMap.class || type == EnumSet.class) {
            Supplier<?> factory =
                    type == EnumMap.class ? () -> new EnumMap(parameter) : () -> EnumSet.noneOf((Class) parameter);
            return parameter.isEnum() ? factory : null;
        }
        if (Modifier.isAbstract(type.getModifiers()) || type == HashMap.class || type == HashSet.class) {
            return DEFAULTS.stream()
                    .filter(candidate -> type.isInstance(candidate.get()))
                    .findFirst()
                    .orElse(null);
        }
        if (LOSSY.contains(type) || !Modifier.isPublic(type.getModifiers())) {
            return null;
        }
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
