package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Sink;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The entries of a map as members of an object, in order; the keys are texts. */
final class MapShape extends Shape {
    private final Supplier<Map<Object, @Nullable Object>> factory;
    private final KeyForm keys;
    private final Supplier<Shape> content;
    private final UnaryOperator<Object> view;

    /** @param view what is given of a map that was read */
    MapShape(
            Class<?> type,
            Supplier<Map<Object, @Nullable Object>> factory,
            KeyForm keys,
            Supplier<Shape> content,
            UnaryOperator<Object> view) {
        super(type);
        this.factory = factory;
        this.keys = keys;
        this.content = content;
        this.view = view;
    }

    @Override
    protected Collection<Supplier<Shape>> parts() {
        return List.of(content);
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        keys.check();
        return Schemas.with("additionalProperties", schemas.nullable(content.get()), Schemas.type("object"));
    }

    @Override
    public void writeValue(Object value, Sink sink) {
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

    private void writeEntry(String key, @Nullable Object value, Sink sink) {
        try {
            sink.gen().writeName(key);
            content.get().write(value, sink);
        } catch (JacksonException e) {
            throw e.prependPath(this, key);
        }
    }

    @Override
    public Object readValue(JsonParser in) {
        expect(JsonToken.START_OBJECT, in, "an object");
        Map<Object, @Nullable Object> map = factory.get();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            String member = name;
            Misfit.at(this, name, () -> {
                in.nextToken();
                Object key = keys.parse(member);
                if (map.containsKey(key)) {
                    throw new Misfit("the same key twice");
                }
                return map.put(key, content.get().read(in));
            });
        }
        return view.apply(map);
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return ((Map<?, ?>) value).isEmpty();
    }
}
