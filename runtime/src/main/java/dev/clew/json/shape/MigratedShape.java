package dev.clew.json.shape;

import dev.clew.json.form.Form;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A type whose stored objects are brought to its present form before they are read; what is written is in that form. */
public final class MigratedShape extends Shape {
    private final Shape present;
    private final UnaryOperator<Map<String, @Nullable Object>> migration;
    private final Shapes shapes;

    public MigratedShape(Shape present, UnaryOperator<Map<String, @Nullable Object>> migration, Shapes shapes) {
        super(present.type(), List.of(() -> present));
        this.present = present;
        this.migration = migration;
        this.shapes = shapes;
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        return present.schema(schemas);
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        present.writeValue(value, sink);
    }

    @Override
    public Object readValue(JsonParser in) {
        expect(JsonToken.START_OBJECT, in, "an object");
        return readMembers(in);
    }

    @Override
    public Object readMembers(JsonParser in) {
        Map<String, @Nullable Object> members = migrated(PlainShape.map(in, false));
        byte[] bytes = Sink.bytes(
                shapes, Form.CHECKED, 0, sink -> shapes.of(Object.class).write(members, sink));
        try (JsonParser migrated = shapes.parser(bytes)) {
            migrated.nextToken();
            return present.readValue(migrated);
        }
    }

    private Map<String, @Nullable Object> migrated(Map<String, @Nullable Object> stored) {
        @Nullable Map<String, @Nullable Object> members = null;
        try {
            members = migration.apply(stored);
        } catch (RuntimeException e) {
            throw new Misfit(
                    "the migration of " + type().getName() + " threw "
                            + e.getClass().getName(),
                    e);
        }
        if (members == null) {
            throw new Misfit("the migration of " + type().getName() + " gave null");
        }
        return members;
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return present.isEmpty(value, sink, depth);
    }
}
