package dev.clew.json;

import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** The shapes of all types met so far; each is worked out once. Thread-safe. */
final class Shapes {
    private final Limits limits;
    private final Map<Class<?>, UnaryOperator<Map<String, @Nullable Object>>> migrations;
    private final JsonMapper mapper;
    private final ShapeRules rules;
    private final Map<Type, Shape> byType = new ConcurrentHashMap<>();
    private final Map<Class<?>, Shape> byClass = new ConcurrentHashMap<>();

    Shapes(
            List<JacksonModule> modules,
            Map<Class<?>, UnaryOperator<Map<String, @Nullable Object>>> migrations,
            Limits limits) {
        this.limits = limits;
        this.migrations = Map.copyOf(migrations);
        this.mapper = Mappers.create(new Bridge(this), modules, limits);
        this.rules = new ShapeRules(this, mapper);
    }

    Limits limits() {
        return limits;
    }

    JsonMapper mapper() {
        return mapper;
    }

    JsonGenerator generator(OutputStream out) {
        return mapper.createGenerator(out);
    }

    /** The shape of a declared type. */
    Shape of(Type type) {
        Shape known = byType.get(type);
        return known != null ? known : remember(type, workedOut(mapper.constructType(type)));
    }

    Shape of(JavaType type) {
        Shape known = byType.get(type);
        return known != null ? known : remember(type, workedOut(type));
    }

    /** The shape of a value that no declared type describes. */
    Shape ofClass(Class<?> type) {
        Shape known = byClass.get(type);
        if (known == null) {
            known = type == Object.class
                    ? new RefusedShape(type, "a bare Object holds no data")
                    : of(rules.described(type));
            byClass.put(type, known);
        }
        return known;
    }

    /** A shape that is worked out when first used, so that types may refer to themselves. */
    Lazy lazy(JavaType type) {
        return new Lazy(type);
    }

    JavaType member(Type type, JavaType owner) {
        return mapper.getTypeFactory().resolveMemberType(type, owner.getBindings());
    }

    /** A subclass with the parameters that the base has; null if no value of it is one of the base. */
    @Nullable
    JavaType specialize(JavaType base, Class<?> subclass) {
        if (base.hasRawClass(subclass)) {
            return base;
        }
        try {
            JavaType special = mapper.getTypeFactory().constructSpecializedType(base, subclass);
            return fits(special.findSuperType(base.getRawClass()), base) ? special : null;
        } catch (IllegalArgumentException unfit) {
            return null;
        }
    }

    /** Parameters are unequal where the base has a wildcard; those of unrelated classes never fit. */
    private static boolean fits(@Nullable JavaType actual, JavaType declared) {
        if (actual == null || actual.containedTypeCount() != declared.containedTypeCount()) {
            return true;
        }
        for (int i = 0; i < declared.containedTypeCount(); i++) {
            Class<?> one = actual.containedTypeOrUnknown(i).getRawClass();
            Class<?> other = declared.containedTypeOrUnknown(i).getRawClass();
            if (!one.isAssignableFrom(other) && !other.isAssignableFrom(one)) {
                return false;
            }
        }
        return true;
    }

    private Shape workedOut(JavaType type) {
        Shape shape = rules.shapeOf(type);
        UnaryOperator<Map<String, @Nullable Object>> migration = migrations.get(type.getRawClass());
        return migration == null ? shape : new MigratedShape(shape, migration, this);
    }

    private Shape remember(Type type, Shape shape) {
        Shape first = byType.putIfAbsent(type, shape);
        return first == null ? shape : first;
    }

    /** A shape in waiting. */
    final class Lazy {
        private final JavaType type;
        private volatile @Nullable Shape shape;

        private Lazy(JavaType type) {
            this.type = type;
        }

        Shape get() {
            Shape known = shape;
            if (known == null) {
                known = of(type);
                shape = known;
            }
            return known;
        }
    }
}
