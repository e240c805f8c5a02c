package dev.clew.json;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The entries of a map as members of an object, in order; the keys are texts. */
final class MapShape extends Shape {
    private final Supplier<Map<Object, @Nullable Object>> factory;
    private final KeyForm keys;
    private final Shapes.Lazy content;

    MapShape(Class<?> type, Supplier<Map<Object, @Nullable Object>> factory, KeyForm keys, Shapes.Lazy content) {
        super(type);
        this.factory = factory;
        this.keys = keys;
        this.content = content;
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        keys.check();
        Map<String, Object> schema = Schemas.type("object");
        schema.put("additionalProperties", schemas.nullable(content.get()));
        return schema;
    }

    @Override
    void writeValue(Object value, Sink sink) {
        Map<?, ?> map = (Map<?, ?>) value;
        Containers.checkOrder(type(), map instanceof SortedMap<?, ?> sorted ? sorted.comparator() : null);
        if (map instanceof Properties properties
                && properties.stringPropertyNames().size() > properties.size()) {
            throw new Misfit("Properties with defaults, which are not stored; copy them into it");
        }
        sink.checkDepth();
        sink.gen().writeStartObject();
        if (sink.canonical()) {
            Map<String, @Nullable Object> byKey = new TreeMap<>();
            map.forEach((key, entry) -> byKey.put(keys.format(key), entry));
            byKey.forEach((key, entry) -> writeEntry(key, entry, sink));
        } else {
            map.forEach((key, entry) -> writeEntry(keys.format(key), entry, sink));
        }
        sink.gen().writeEndObject();
    }

    @Override
    boolean isOpen(Set<Shape> seen) {
        return content.get().isOpen(seen);
    }

    @Override
    Object readValue(JsonParser in) {
        expect(JsonToken.START_OBJECT, in, "an object");
        Map<Object, @Nullable Object> map = factory.get();
        Shape shape = content.get();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            readEntry(name, in, shape, map);
        }
        return map;
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return ((Map<?, ?>) value).isEmpty();
    }

    private void writeEntry(String key, @Nullable Object value, Sink sink) {
        try {
            sink.gen().writeName(key);
            content.get().write(value, sink);
        } catch (JacksonException e) {
            throw e.prependPath(this, key);
        }
    }

    private void readEntry(String name, JsonParser in, Shape shape, Map<Object, @Nullable Object> map) {
        try {
            in.nextToken();
            Object key = keys.parse(name);
            if (map.containsKey(key)) {
                throw new Misfit("the same key twice");
            }
            map.put(key, shape.read(in));
        } catch (JacksonException e) {
            throw e.prependPath(this, name);
        }
    }
}
