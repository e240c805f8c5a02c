package dev.clew.json.jackson;

import dev.clew.json.form.Tags;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.util.NameTransformer;

/** Writes the discriminator, then the properties of a bean below a sealed type. */
public final class TaggedSerializer extends StdSerializer<Object> {
    private final String tag;
    private final ValueSerializer<Object> properties;

    @SuppressWarnings("unchecked") // a serializer is only ever given values of its own class
    TaggedSerializer(String tag, ValueSerializer<?> bean) {
        super(Object.class);
        this.tag = tag;
        this.properties = (ValueSerializer<Object>) bean;
    }

    @Override
    public Iterator<PropertyWriter> properties() {
        return properties.properties();
    }

    @Override
    public void resolve(SerializationContext context) {
        properties.resolve(context);
    }

    @Override
    public ValueSerializer<?> createContextual(SerializationContext context, @Nullable BeanProperty property) {
        return new TaggedSerializer(tag, properties.createContextual(context, property));
    }

    @Override
    public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType type) {
        properties.acceptJsonFormatVisitor(visitor, type);
    }

    @Override
    public void serialize(Object value, JsonGenerator gen, SerializationContext context) {
        gen.writeStartObject();
        gen.writeStringProperty(Tags.PROPERTY, tag);
        properties.unwrappingSerializer(NameTransformer.NOP).serialize(value, gen, context);
        gen.writeEndObject();
    }
}
