package dev.clew.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** Lets a shape write a member of something that Jackson writes. */
final class BridgeSerializer extends StdSerializer<Object> {
    private final Shapes.Lazy shape;

    BridgeSerializer(JavaType type, Shapes shapes) {
        super(type);
        this.shape = shapes.lazy(type);
    }

    @Override
    public void serialize(Object value, JsonGenerator gen, SerializationContext context) {
        if (!(context.getAttribute(Sink.ATTRIBUTE) instanceof Sink sink)) {
            throw new Misfit("written outside of the codec");
        }
        shape.get().write(value, sink.to(gen, sink.depth()));
    }

    @Override
    public void serializeWithType(
            Object value, JsonGenerator gen, SerializationContext context, TypeSerializer typeSerializer) {
        serialize(value, gen, context);
    }
}
