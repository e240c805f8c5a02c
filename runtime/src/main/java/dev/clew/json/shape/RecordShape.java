package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import dev.clew.json.form.Tags;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JavaType;

/**
 * A record by its components; below a sealed type it carries its discriminator wherever it is written.
 *
 * <p>Unknown members are ignored, missing ones get their absent value, so components may come and go.
 */
public final class RecordShape extends Shape {
    private final JavaType javaType;
    private final Constructor<?> constructor;
    private final Component[] declared;
    private final Component[] sorted;
    private final Component[] formerly;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final @Nullable String tag;

    public RecordShape(JavaType type, Shapes shapes) {
        super(type.getRawClass());
        this.javaType = type;
        this.tag = Tags.of(type.getRawClass());
        this.constructor = Component.opened(Component.constructor(type.getRawClass()));
        this.declared = Component.all(type, shapes);
        this.sorted = sorted(Comparator.comparing(Component::name));
        this.formerly = sorted(Comparator.comparing(Component::formerName));
        for (int i = 0; i < declared.length; i++) {
            for (String name : declared[i].names()) {
                if (name.equals(Tags.PROPERTY) || indexes.put(name, i) != null) {
                    throw new Misfit("two members of " + type().getName() + " share the name '" + name + "'");
                }
            }
        }
    }

    private Component[] sorted(Comparator<Component> order) {
        return Arrays.stream(declared).sorted(order).toArray(Component[]::new);
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        if (schemas.isForModels()) {
            return schemas.named(javaType, () -> forModels(schemas));
        }
        return schemas.named(javaType, () -> {
            Map<String, Object> members = new LinkedHashMap<>();
            for (Component component : declared) {
                members.put(component.name(), component.schema(schemas));
            }
            return schemas.object(tag, members);
        });
    }

    private Map<String, Object> forModels(Schemas schemas) {
        Map<String, Schemas.Member> members = new LinkedHashMap<>();
        for (Component component : declared) {
            members.put(component.name(), component.forModels());
        }
        Map<String, Object> object = schemas.members(tag, members);
        String description = Described.of(type());
        if (!description.isEmpty()) {
            object.put("description", description);
        }
        return object;
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        sink.checkDepth();
        sink.gen().writeStartObject();
        if (tag != null) {
            sink.gen().writeStringProperty(Tags.PROPERTY, tag);
        }
        Component[] components = switch (sink.form()) {
            case CANONICAL -> sorted;
            case FORMER -> formerly;
            default -> declared;
        };
        for (Component component : components) {
            component.write(value, sink);
        }
        sink.gen().writeEndObject();
    }

    @Override
    protected Collection<Supplier<Shape>> parts() {
        return Arrays.stream(declared).map(Component::lazy).toList();
    }

    @Override
    public Object readValue(JsonParser in) {
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
            int index = next < declared.length && declared[next].name().equals(name)
                    ? next
                    : indexes.getOrDefault(name, -1);
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
        for (int i = 0; i < values.length; i++) {
            if (!seen[i]) {
                values[i] = declared[i].absent();
            }
        }
        return made(values);
    }

    private Object made(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw Component.thrown("the constructor of " + type().getName(), e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new Misfit("cannot create " + type().getName(), e);
        }
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
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
}
