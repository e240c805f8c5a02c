package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import dev.clew.json.form.Texts;
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
import tools.jackson.databind.JavaType;

/** The entries of a map as members of an object, in order; the keys are texts. */
final class MapShape extends Shape {
    private final Class<?> keyType;
    private final @Nullable Shape keys;
    private final Supplier<Map<Object, @Nullable Object>> factory;
    private final Supplier<Shape> content;
    private final UnaryOperator<Object> view;

    /**
     * The shape of a map. Keys of no declared type must be texts.
     *
     * @param view what is given of a map that was read
     */
    MapShape(
            JavaType type,
            Supplier<Map<Object, @Nullable Object>> factory,
            Supplier<Shape> content,
            UnaryOperator<Object> view,
            Shapes shapes) {
        super(type.getRawClass(), List.of(content));
        Class<?> key = type.getKeyType().getRawClass();
        boolean open = key == Object.class || key == Comparable.class || key == CharSequence.class;
        this.keyType = open ? String.class : key;
        this.keys = key.isEnum() ? shapes.of(type.getKeyType()) : Scalars.of(keyType);
        this.factory = factory;
        this.content = content;
        this.view = view;
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        keyText();
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
            map.forEach((key, entry) -> byKey.put(name(key), entry));
            byKey.forEach((key, entry) -> writeEntry(key, entry, sink));
        } else {
            map.forEach((key, entry) -> writeEntry(name(key), entry, sink));
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

    private String name(@Nullable Object key) {
        if (key == null) {
            throw new Misfit("a null key");
        }
        if (!(keys == null ? keyType : keys.type()).isInstance(key)) {
            throw new Misfit("a key of " + key.getClass().getName() + " where keys are declared as " + keyType.getName()
                    + ", or not declared");
        }
        String name = keyText().format().apply(key);
        if (!Texts.isWellFormed(name)) {
            throw new Misfit("a key with half a surrogate pair");
        }
        return name;
    }

    /** That there is none is said when a map is written or read, so that there is a path. */
    @SuppressWarnings("unchecked") // keys are checked to be of the class that has this text
    private Text<Object> keyText() {
        Text<?> text = keys == null ? null : keys.key();
        if (text == null) {
            throw new Misfit("keys of " + keyType.getName()
                    + " have no text form; use text, numbers, enums, ids or dates as keys, or a list of records");
        }
        return (Text<Object>) text;
    }

    @Override
    public Object readValue(JsonParser in) {
        expect(JsonToken.START_OBJECT, in, "an object");
        Map<Object, @Nullable Object> map = factory.get();
        Shape shape = content.get();
        readEntries(in, map, name -> keyText().parse().apply(name), shape::read);
        return view.apply(map);
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return ((Map<?, ?>) value).isEmpty();
    }
}
