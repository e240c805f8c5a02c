package dev.clew.json;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/** Which shape a collection or map of the JDK has. */
final class ContainerRules {
    private final Shapes shapes;
    private final TypeFactory types;

    ContainerRules(Shapes shapes, TypeFactory types) {
        this.shapes = shapes;
        this.types = types;
    }

    static boolean isOurs(Class<?> type) {
        return (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))
                && type.getName().startsWith("java.util.");
    }

    /** What a container is as plain data. */
    static Class<?> interfaceOf(Class<?> type) {
        for (Class<?> candidate : List.of(Map.class, List.class, Set.class, Deque.class, Queue.class)) {
            if (candidate.isAssignableFrom(type)) {
                return candidate;
            }
        }
        return Collection.class;
    }

    Shape shapeOf(JavaType type) {
        Class<?> raw = type.getRawClass();
        Shape shape = type.isMapLikeType() ? map(type, raw) : collection(type, raw);
        if (shape != null) {
            return shape;
        }
        // The JDK's own hidden classes, such as that of List.of(), are met only as the class of a value.
        return Modifier.isPublic(raw.getModifiers())
                ? new RefusedShape(
                        raw, raw.getName() + " cannot be read back; declare an interface such as List or Map")
                : shapes.of(asInterface(type, raw));
    }

    private @Nullable Shape map(JavaType type, Class<?> raw) {
        JavaType key = type.getKeyType();
        Supplier<Map<Object, @Nullable Object>> factory = Containers.map(raw, key.getRawClass());
        return factory == null
                ? null
                : new MapShape(raw, factory, KeyForm.of(key, shapes), shapes.lazy(type.getContentType()));
    }

    private @Nullable Shape collection(JavaType type, Class<?> raw) {
        JavaType element = type.getContentType();
        Supplier<Collection<@Nullable Object>> factory = Containers.collection(raw, element.getRawClass());
        return factory == null ? null : new CollectionShape(raw, factory, shapes.lazy(element));
    }

    private JavaType asInterface(JavaType type, Class<?> raw) {
        return type.isMapLikeType()
                ? types.constructMapType(Map.class, type.getKeyType(), type.getContentType())
                : types.constructCollectionType(interfaceOf(raw).asSubclass(Collection.class), type.getContentType());
    }
}
