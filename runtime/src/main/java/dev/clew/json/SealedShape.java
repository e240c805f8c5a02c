package dev.clew.json;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.util.TokenBuffer;

/** Any permitted value of a sealed type, chosen by the discriminator and nothing else. */
final class SealedShape extends Shape {
    private final JavaType javaType;
    private final Map<String, Shapes.Lazy> byTag = new LinkedHashMap<>();
    private final Map<Class<?>, Shapes.Lazy> byClass = new HashMap<>();
    /** Permitted classes that are no case of the type with these parameters, as a text is no {@code Value<Integer>}. */
    private final Set<Class<?>> unfit = new HashSet<>();

    SealedShape(JavaType type, Shapes shapes) {
        super(type.getRawClass());
        this.javaType = type;
        Tags.permitted(type.getRawClass()).forEach((tag, permitted) -> {
            JavaType fitting = shapes.specialize(type, permitted);
            if (fitting == null) {
                unfit.add(permitted);
                return;
            }
            Shapes.Lazy shape = shapes.lazy(fitting);
            byTag.put(tag, shape);
            byClass.put(permitted, shape);
        });
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        return schemas.named(
                javaType,
                () -> Schemas.with(
                        "oneOf",
                        byTag.values().stream()
                                .map(shape -> shape.get().schema(schemas))
                                .toList()));
    }

    @Override
    void writeValue(Object value, Sink sink) {
        shapeOf(value).writeValue(value, sink);
    }

    @Override
    boolean isOpen(Set<Shape> seen) {
        return seen.add(this)
                && byTag.values().stream().anyMatch(shape -> shape.get().isOpen(seen));
    }

    @Override
    Object readValue(JsonParser in) {
        expect(JsonToken.START_OBJECT, in, "an object");
        String name = in.nextName();
        if (Tags.PROPERTY.equals(name)) {
            in.nextToken();
            return tagged(tag(in)).readMembers(in);
        }
        return readLateTag(in, name);
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return false;
    }

    /** Other software may have reordered the members: they are set aside until the discriminator shows up. */
    private Object readLateTag(JsonParser in, String first) {
        Tagged shape = null;
        try (TokenBuffer rest = TokenBuffer.forBuffering(in, ObjectReadContext.empty())) {
            rest.writeStartObject();
            for (String name = first; name != null; name = in.nextName()) {
                in.nextToken();
                if (name.equals(Tags.PROPERTY)) {
                    shape = tagged(tag(in));
                } else {
                    rest.writeName(name);
                    rest.copyCurrentStructure(in);
                }
            }
            rest.writeEndObject();
            if (shape == null) {
                throw new Misfit("the discriminator " + Tags.PROPERTY + " of " + type().getName() + " is missing");
            }
            JsonParser again = rest.asParser(ObjectReadContext.empty(), in);
            again.nextToken();
            return shape.readMembers(again);
        }
    }

    private static String tag(JsonParser in) {
        expect(JsonToken.VALUE_STRING, in, "a type name");
        return in.getString();
    }

    private Tagged tagged(String tag) {
        Shapes.Lazy shape = byTag.get(tag);
        unfit.stream()
                .filter(permitted -> permitted.getSimpleName().equals(tag))
                .findFirst()
                .ifPresent(permitted -> {
                    throw new Misfit("the stored " + permitted.getName() + " is no case of " + javaType.toCanonical());
                });
        if (shape == null) {
            throw new Misfit("the stored type is not among the permitted ones of " + type().getName());
        }
        return (Tagged) shape.get();
    }

    private Shape shapeOf(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        Shapes.Lazy shape = byClass.get(type);
        if (unfit.contains(type)) {
            throw new Misfit(type.getName() + " is no case of " + javaType.toCanonical());
        }
        if (shape == null) {
            throw new Misfit(type.getName() + " is not among the permitted classes of " + type().getName());
        }
        return shape.get();
    }
}
