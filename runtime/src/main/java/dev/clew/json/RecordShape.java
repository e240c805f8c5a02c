package dev.clew.json;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JavaType;

/**
 * A record by its components; below a sealed type it carries its discriminator wherever it is written.
 *
 * <p>Unknown members are ignored, missing ones get their absent value, so components may come and go.
 */
final class RecordShape extends Shape implements Tagged {
    private final JavaType javaType;
    private final RecordMaker maker;
    private final Component[] declared;
    private final Component[] sorted;
    private final Component[] formerly;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final @Nullable String tag;

    RecordShape(JavaType type, Shapes shapes) {
        super(type.getRawClass());
        this.javaType = type;
        this.tag = Tags.of(type.getRawClass());
        this.maker = RecordMaker.of(type.getRawClass());
        this.declared = Component.all(type, shapes);
        this.sorted = declared.clone();
        Arrays.sort(sorted, Comparator.comparing(Component::name));
        this.formerly = declared.clone();
        Arrays.sort(formerly, Comparator.comparing(Component::formerName));
        for (int i = 0; i < declared.length; i++) {
            for (String name : declared[i].names()) {
                if (name.equals(Tags.PROPERTY) || indexes.put(name, i) != null) {
                    throw new Misfit("two members of " + type().getName() + " share the name '" + name + "'");
                }
            }
        }
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        return schemas.named(javaType, () -> {
            Map<String, Object> members = new LinkedHashMap<>();
            for (Component component : declared) {
                members.put(component.name(), component.schema(schemas));
            }
            return Schemas.object(tag, members);
        });
    }

    @Override
    void writeValue(Object value, Sink sink) {
        sink.checkDepth();
        sink.gen().writeStartObject();
        if (tag != null) {
            sink.gen().writeStringProperty(Tags.PROPERTY, tag);
        }
        for (Component component : ordered(sink.form())) {
            component.write(value, sink);
        }
        sink.gen().writeEndObject();
    }

    private Component[] ordered(Form form) {
        return switch (form) {
            case CANONICAL -> sorted;
            case FORMER -> formerly;
            default -> declared;
        };
    }

    @Override
    boolean isOpen(Set<Shape> seen) {
        return seen.add(this) && Arrays.stream(declared).anyMatch(component -> component.isOpen(seen));
    }

    @Override
    Object readValue(JsonParser in) {
        expect(JsonToken.START_OBJECT, in, "an object");
        return readMembers(in);
    }

    @Override
    public Object readMembers(JsonParser in) {
        @Nullable Object[] values = new @Nullable Object[declared.length];
        boolean[] seen = new boolean[declared.length];
        int next = 0;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            int index = next < declared.length && declared[next].name().equals(name) ? next : indexOf(name);
            if (index >= 0) {
                values[index] = declared[index].read(in, seen[index]);
                seen[index] = true;
                next = index + 1;
            } else if (tag != null && name.equals(Tags.PROPERTY)) {
                Tags.check(tag, in);
            } else {
                in.skipChildren();
            }
        }
        fillAbsent(values, seen);
        return maker.make(values);
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        if (tag != null) {
            return false;
        }
        sink.shapes().limits().checkDepth(depth);
        for (Component component : declared) {
            if (!component.isEmpty(component.get(value), sink, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(String name) {
        Integer index = indexes.get(name);
        return index == null ? -1 : index;
    }

    private void fillAbsent(@Nullable Object[] values, boolean[] seen) throws JacksonException {
        for (int i = 0; i < values.length; i++) {
            if (!seen[i]) {
                values[i] = declared[i].absent();
            }
        }
    }
}
