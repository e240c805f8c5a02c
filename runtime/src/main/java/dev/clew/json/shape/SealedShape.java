package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.SetAside;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import dev.clew.json.form.Tags;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JavaType;

/** Any permitted value of a sealed type, chosen by the discriminator and nothing else. */
public final class SealedShape extends Shape {
    private final JavaType javaType;
    private final Map<String, Class<?>> permitted;
    /** Without those that are no case of the type with these parameters, as a text is no {@code Value<Integer>}. */
    private final Map<Class<?>, Supplier<Shape>> cases;

    public SealedShape(JavaType type, Shapes shapes) {
        this(type, cases(type, shapes));
    }

    private SealedShape(JavaType type, Map<Class<?>, Supplier<Shape>> cases) {
        super(type.getRawClass(), cases.values());
        this.javaType = type;
        this.permitted = Tags.permitted(type.getRawClass());
        this.cases = cases;
    }

    private static Map<Class<?>, Supplier<Shape>> cases(JavaType type, Shapes shapes) {
        Map<Class<?>, Supplier<Shape>> cases = new LinkedHashMap<>();
        for (Class<?> subclass : Tags.permitted(type.getRawClass()).values()) {
            JavaType special = specialize(type, subclass, shapes);
            if (special != null) {
                cases.put(subclass, shapes.lazy(special));
            }
        }
        return cases;
    }

    /** A subclass with the parameters that the base has; null if no value of it is one of the base. */
    private static @Nullable JavaType specialize(JavaType base, Class<?> subclass, Shapes shapes) {
        if (base.hasRawClass(subclass)) {
            return base;
        }
        try {
            JavaType special = shapes.mapper().getTypeFactory().constructSpecializedType(base, subclass);
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

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        return schemas.named(
                javaType,
                () -> Schemas.with(
                        schemas.isForModels() ? "anyOf" : "oneOf",
                        cases.values().stream()
                                .map(shape -> shape.get().schema(schemas))
                                .toList()));
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        Supplier<Shape> shape = cases.get(type);
        if (shape == null) {
            throw new Misfit(type.getName()
                    + (permitted.containsValue(type)
                            ? " is no case of " + javaType.toCanonical()
                            : " is not among the permitted classes of " + type().getName()));
        }
        shape.get().writeValue(value, sink);
    }

    /** Other software may have reordered the members: then they are set aside until the discriminator shows up. */
    @Override
    public Object readValue(JsonParser in) {
        expect(JsonToken.START_OBJECT, in, "an object");
        String first = in.nextName();
        if (Tags.PROPERTY.equals(first)) {
            in.nextToken();
            return tagged(in).readMembers(in);
        }
        AtomicReference<@Nullable Shape> shape = new AtomicReference<>();
        return SetAside.members(
                in,
                first,
                name -> {
                    if (name.equals(Tags.PROPERTY)) {
                        shape.set(tagged(in));
                    }
                    return name.equals(Tags.PROPERTY);
                },
                rest -> {
                    if (shape.get() == null) {
                        throw new Misfit(
                                "the discriminator " + Tags.PROPERTY + " of " + type().getName() + " is missing");
                    }
                    return shape.get().readMembers(rest);
                });
    }

    private Shape tagged(JsonParser in) {
        Class<?> type = permitted.get(ScalarShape.string(in, "a type name"));
        if (type == null) {
            throw new Misfit("the stored type is not among the permitted ones of " + type().getName());
        }
        Supplier<Shape> shape = cases.get(type);
        if (shape == null) {
            throw new Misfit("the stored " + type.getName() + " is no case of " + javaType.toCanonical());
        }
        return shape.get();
    }
}
