package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Sink;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A type whose values are one number, boolean or text each. What tells such types apart is data. */
final class ScalarShape<T> extends Shape {
    private final Map<String, Object> schema;
    private final String words;
    private final @Nullable Text<T> key;
    private final Json<T> json;
    private final @Nullable T zero;

    /** A value in JSON, and whether it counts as empty. */
    record Json<T>(
            BiConsumer<? super T, Sink> writer,
            Function<JsonParser, ? extends T> reader,
            Predicate<? super T> isEmpty) {}

    /**
     * The shape of a class.
     *
     * @param words what a language model is told of values, or empty
     * @param key null if values are no keys
     */
    ScalarShape(Class<T> type, Map<String, Object> schema, String words, @Nullable Text<T> key, Json<T> json) {
        this(type, schema, words, key, json, null);
    }

    private ScalarShape(
            Class<?> type,
            Map<String, Object> schema,
            String words,
            @Nullable Text<T> key,
            Json<T> json,
            @Nullable T zero) {
        super(type);
        this.schema = schema;
        this.words = words;
        this.key = key;
        this.json = json;
        this.zero = zero;
    }

    /** The same for the primitive: no value is null, and an absent one is zero. */
    ScalarShape<T> primitive(T absent) {
        return new ScalarShape<>(type(), schema, words, key, json, absent);
    }

    @Override
    public @Nullable Text<T> key() {
        return key;
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        return schemas.isForModels() ? forModels() : new LinkedHashMap<>(schema);
    }

    /** Without bounds, which providers of models refuse, and with a word on texts. */
    private Map<String, Object> forModels() {
        Map<String, Object> told = Schemas.type((String) schema.getOrDefault("type", "number"));
        if (type() == OffsetDateTime.class) {
            told.put("format", "date-time");
        } else if (schema.containsKey("format")) {
            told.put("format", schema.get("format"));
        }
        if (!words.isEmpty()) {
            told.put("description", words);
        }
        return told;
    }

    @Override
    @SuppressWarnings("unchecked") // the caller has checked the class
    public void writeValue(Object value, Sink sink) {
        json.writer.accept((T) value, sink);
    }

    @Override
    public Object readValue(JsonParser in) {
        return json.reader.apply(in);
    }

    @Override
    @SuppressWarnings("unchecked") // the caller has checked the class
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return json.isEmpty.test((T) value);
    }

    @Override
    public @Nullable Object ofNull() {
        if (zero != null) {
            throw new Misfit("null where a primitive " + type().getSimpleName() + " is declared");
        }
        return null;
    }

    @Override
    public @Nullable Object ofAbsent() {
        return zero;
    }

    static String string(JsonParser in, String description) {
        return expect(JsonToken.VALUE_STRING, in, description).getString();
    }
}
