package dev.clew.json.jackson;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Shape;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;

/** Lets a shape read a member of something that Jackson reads. */
final class BridgeDeserializer extends StdDeserializer<Object> {
    private final Supplier<Shape> shape;

    BridgeDeserializer(JavaType type, Supplier<Shape> shape) {
        super(type);
        this.shape = shape;
    }

    @Override
    public @Nullable Object deserialize(JsonParser in, DeserializationContext context) {
        return shape.get().read(in);
    }

    @Override
    public @Nullable Object deserializeWithType(
            JsonParser in, DeserializationContext context, TypeDeserializer typeDeserializer) {
        return deserialize(in, context);
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
        return shape.get().ofNull();
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return shape.get().ofAbsent();
    }

    /** Asked of the member of a bean that is a {@code @JsonManagedReference}. */
    @Override
    public SettableBeanProperty findBackReference(String name) {
        throw new Misfit("a list or record with @JsonManagedReference is not stored: its elements would lose their"
                + " back reference; take the reference out, or store ids");
    }
}
