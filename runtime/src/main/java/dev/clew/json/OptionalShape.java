package dev.clew.json;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The value of an {@link Optional}, or null for none. A null in place of an Optional could not be told from an empty
 * one, nor an Optional within an Optional, so both are refused when written.
 */
final class OptionalShape extends Shape {
    private final Shapes.Lazy content;

    OptionalShape(Shapes.Lazy content) {
        super(Optional.class);
        this.content = content;
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        return schemas.nullable(content.get());
    }

    /** Its schema has null in it already. */
    @Override
    boolean isNullable() {
        return false;
    }

    @Override
    void writeValue(Object value, Sink sink) {
        Object present = ((Optional<?>) value).orElse(null);
        if (present == null) {
            sink.gen().writeNull();
        } else if (present instanceof Optional) {
            throw new Misfit("an Optional within an Optional");
        } else {
            content.get().write(present, sink);
        }
    }

    @Override
    boolean isOpen(Set<Shape> seen) {
        return content.get().isOpen(seen);
    }

    @Override
    Object readValue(JsonParser in) {
        return Optional.ofNullable(content.get().read(in));
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return ((Optional<?>) value).isEmpty();
    }

    @Override
    void writeNull(Sink sink) {
        throw new Misfit("null where an Optional is declared; use Optional.empty()");
    }

    @Override
    @Nullable
    Object ofNull() {
        return Optional.empty();
    }

    @Override
    @Nullable
    Object ofAbsent() {
        return Optional.empty();
    }
}
