package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import dev.clew.json.form.Tags;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
    private final List<Component> declared;
    private final List<Component> sorted;
    private final List<Component> formerly;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final @Nullable String tag;

    public RecordShape(JavaType type, Shapes shapes) {
        this(type, Component.opened(constructor(type.getRawClass())), Component.all(type, shapes));
        for (int i = 0; i < declared.size(); i++) {
            for (String name : declared.get(i).names().all()) {
                if (name.equals(Tags.PROPERTY) || indexes.put(name, i) != null) {
                    throw new Misfit("two members of " + type().getName() + " share the name '" + name + "'");
                }
            }
        }
    }

    private RecordShape(JavaType type, Constructor<?> constructor, List<Component> declared) {
        super(type.getRawClass(), declared.stream().map(Component::lazy).toList());
        this.javaType = type;
        this.tag = Tags.of(type.getRawClass());
        this.constructor = constructor;
        this.declared = declared;
        this.sorted = sorted(Component::name);
        this.formerly = sorted(component -> component.names().former());
    }

    private List<Component> sorted(Function<Component, String> name) {
        return declared.stream().sorted(Comparator.comparing(name)).toList();
    }

    /** The canonical one. */
    static Constructor<?> constructor(Class<?> type) {
        try {
            return type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new Misfit("cannot reach the constructor of " + type.getName(), e);
        }
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        return schemas.named(javaType, () -> described(schemas));
    }

    private Map<String, Object> described(Schemas schemas) {
        Map<String, Schemas.Member> members = new LinkedHashMap<>();
        declared.forEach(component -> members.put(component.name(), component.described()));
        Map<String, Object> object = schemas.members(tag, members);
        String description = Component.description(type());
        if (schemas.isForModels() && !description.isEmpty()) {
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
        List<Component> components = switch (sink.form()) {
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
    public Object readValue(JsonParser in) {
        expect(JsonToken.START_OBJECT, in, "an object");
        return readMembers(in);
    }

    @Override
    public Object readMembers(JsonParser in) {
        @Nullable Object[] values = new @Nullable Object[declared.size()];
        boolean[] seen = new boolean[declared.size()];
        int next = 0;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            int index = next < declared.size() && declared.get(next).name().equals(name)
                    ? next
                    : indexes.getOrDefault(name, -1);
            if (index >= 0) {
                values[index] = declared.get(index).read(in, seen[index]);
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
                values[i] = declared.get(i).absent();
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
