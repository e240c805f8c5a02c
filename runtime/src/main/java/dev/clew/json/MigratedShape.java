package dev.clew.json;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A type whose stored objects are brought to its present form before they are read; what is written is in that form. */
final class MigratedShape extends Shape implements Tagged {
    private final Shape present;
    private final UnaryOperator<Map<String, @Nullable Object>> migration;
    private final Shapes shapes;

    MigratedShape(Shape present, UnaryOperator<Map<String, @Nullable Object>> migration, Shapes shapes) {
        super(present.type());
        this.present = present;
        this.migration = migration;
        this.shapes = shapes;
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        return present.schema(schemas);
    }

    @Override
    void writeValue(Object value, Sink sink) {
        present.writeValue(value, sink);
    }

    @Override
    Object readValue(JsonParser in) {
        expect(JsonToken.START_OBJECT, in, "an object");
        try (JsonParser migrated = migrated(PlainShape.map(in))) {
            migrated.nextToken();
            return present.readValue(migrated);
        }
    }

    @Override
    public Object readMembers(JsonParser in) {
        try (JsonParser migrated = migrated(PlainShape.map(in))) {
            migrated.nextToken();
            return ((Tagged) present).readMembers(migrated);
        }
    }

    private JsonParser migrated(Map<String, @Nullable Object> stored) {
        BoundedBytes bytes = new BoundedBytes(shapes.limits());
        try (JsonGenerator gen = shapes.generator(bytes)) {
            shapes.of(Object.class).write(migrate(stored), new Sink(gen, Form.CHECKED, shapes, 0));
        }
        return shapes.mapper().createParser(bytes.toByteArray());
    }

    private Map<String, @Nullable Object> migrate(Map<String, @Nullable Object> stored) {
        @Nullable Map<String, @Nullable Object> present = null;
        try {
            present = migration.apply(stored);
        } catch (RuntimeException e) {
            throw new Misfit(
                    "the migration of " + type().getName() + " threw "
                            + e.getClass().getName(),
                    e);
        }
        if (present == null) {
            throw new Misfit("the migration of " + type().getName() + " gave null");
        }
        return present;
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return present.isEmpty(value, sink, depth);
    }

    @Override
    void writeNull(Sink sink) {
        present.writeNull(sink);
    }

    @Override
    @Nullable
    Object ofNull() {
        return present.ofNull();
    }

    @Override
    @Nullable
    Object ofAbsent() {
        return present.ofAbsent();
    }
}
