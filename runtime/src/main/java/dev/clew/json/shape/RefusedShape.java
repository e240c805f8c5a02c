package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Sink;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** A type that has no stored form, in either direction. */
public final class RefusedShape extends Shape {
    private final String reason;
    private final @Nullable Shape digested;

    public RefusedShape(Class<?> type, String reason) {
        this(type, reason, null);
    }

    /** @param digested what writes values for digests; null if they have none either */
    public RefusedShape(Class<?> type, String reason, @Nullable Shape digested) {
        super(type);
        this.reason = reason;
        this.digested = digested;
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        if (type() == Void.class) {
            return Schemas.type("null");
        }
        throw new Misfit(reason);
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        if (digested == null || !sink.canonical()) {
            throw new Misfit(reason);
        }
        digested.writeValue(value, sink);
    }

    @Override
    public Object readValue(JsonParser in) {
        throw new Misfit(reason);
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return digested != null && digested.isEmpty(value, sink, depth);
    }
}
