package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A type whose values are one number, boolean or text each. */
abstract class ScalarShape<T> extends Shape {
    private final Map<String, Object> schema;
    private final @Nullable Text<T> key;
    private final @Nullable T zero;

    /** A value as text, such as the key of a map. */
    record Text<T>(Function<? super T, String> format, Function<String, ? extends T> parse) {}

    /**
     * @param key null if values are no keys
     * @param zero of a primitive: what an absent value is; null if values may be null
     */
    ScalarShape(Class<T> type, Map<String, Object> schema, @Nullable Text<T> key, @Nullable T zero) {
        super(type);
        this.schema = schema;
        this.key = key;
        this.zero = zero;
    }

    final @Nullable Text<T> key() {
        return key;
    }

    @Override
    public final Map<String, Object> schema(Schemas schemas) {
        return schemas.isForModels() ? ModelScalars.of(type(), schema) : new LinkedHashMap<>(schema);
    }

    @Override
    public final @Nullable Object ofNull() {
        if (zero != null) {
            throw new Misfit("null where a primitive " + type().getSimpleName() + " is declared");
        }
        return null;
    }

    @Override
    public final @Nullable Object ofAbsent() {
        return zero;
    }

    static String string(JsonParser in, String description) {
        expect(JsonToken.VALUE_STRING, in, description);
        return in.getString();
    }
}
