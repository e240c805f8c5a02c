package dev.clew.json.jackson;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import dev.clew.json.form.Tags;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.module.SimpleSerializers;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.util.NameTransformer;

/** Makes Jackson ask the shapes, for whatever no user's module claims; beans below a sealed type get their discriminator. */
public final class Bridge extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private final transient Shapes shapes;
    private final transient Predicate<Class<?>> ours;

    /** @param ours whether a class has a shape if no user's module claims it */
    Bridge(Shapes shapes, Predicate<Class<?>> ours) {
        super("dev.clew.json");
        this.shapes = shapes;
        this.ours = ours;
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addSerializers(new SimpleSerializers() {
            @Override
            protected @Nullable ValueSerializer<?> _findSerializer(SerializationConfig config, JavaType type) {
                return ours.test(type.getRawClass()) ? new ByShape(type, shapes.lazy(type)) : null;
            }
        });
        context.addDeserializers(deserializers());
        context.addSerializerModifier(new ValueSerializerModifier() {
            @Override
            public ValueSerializer<?> modifySerializer(
                    SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
                @Nullable String tag = serializer instanceof BeanSerializerBase ? Tags.of(bean.getBeanClass()) : null;
                return tag == null ? serializer : new Tagged(tag, serializer);
            }
        });
    }

    /** Whether no user's module claims the type that Jackson gave this serializer. */
    public static boolean isByShape(ValueSerializer<?> serializer) {
        return serializer instanceof ByShape;
    }

    /** Whether the serializer is that of a bean below a sealed type. */
    public static boolean isTagged(ValueSerializer<?> serializer) {
        return serializer instanceof Tagged;
    }

    /** Jackson asks about a deserializer in a method for each kind of type. A proxy answers all of them alike. */
    private Deserializers deserializers() {
        return (Deserializers) Proxy.newProxyInstance(
                Deserializers.class.getClassLoader(), new Class<?>[] {Deserializers.class}, (self, question, hints) -> {
                    if (question.getReturnType() == boolean.class) {
                        return false;
                    }
                    for (Object hint : hints) {
                        if (hint instanceof JavaType type && ours.test(type.getRawClass())) {
                            return new FromShape(type, shapes.lazy(type));
                        }
                    }
                    return null;
                });
    }

    /** Lets a shape write a member of something that Jackson writes. */
    private static final class ByShape extends StdSerializer<Object> {
        private final Supplier<Shape> shape;

        private ByShape(JavaType type, Supplier<Shape> shape) {
            super(type);
            this.shape = shape;
        }

        @Override
        public void serialize(Object value, JsonGenerator gen, SerializationContext context) {
            if (!(context.getAttribute(Sink.ATTRIBUTE) instanceof Sink sink)) {
                throw new Misfit("written outside of the codec");
            }
            shape.get().write(value, sink.to(gen));
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator gen, SerializationContext context, TypeSerializer type) {
            serialize(value, gen, context);
        }
    }

    /** Lets a shape read a member of something that Jackson reads. */
    private static final class FromShape extends StdDeserializer<Object> {
        private final Supplier<Shape> shape;

        private FromShape(JavaType type, Supplier<Shape> shape) {
            super(type);
            this.shape = shape;
        }

        @Override
        public @Nullable Object deserialize(JsonParser in, DeserializationContext context) {
            return shape.get().read(in);
        }

        @Override
        public @Nullable Object deserializeWithType(
                JsonParser in, DeserializationContext context, TypeDeserializer type) {
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

    /** Writes the discriminator, then the properties of a bean below a sealed type. */
    private static final class Tagged extends StdSerializer<Object> {
        private final String tag;
        private final ValueSerializer<Object> bean;

        @SuppressWarnings("unchecked") // a serializer is only ever given values of its own class
        private Tagged(String tag, ValueSerializer<?> bean) {
            super(Object.class);
            this.tag = tag;
            this.bean = (ValueSerializer<Object>) bean;
        }

        @Override
        public Iterator<PropertyWriter> properties() {
            return bean.properties();
        }

        @Override
        public void resolve(SerializationContext context) {
            bean.resolve(context);
        }

        @Override
        public ValueSerializer<?> createContextual(SerializationContext context, @Nullable BeanProperty property) {
            return new Tagged(tag, bean.createContextual(context, property));
        }

        @Override
        public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType type) {
            bean.acceptJsonFormatVisitor(visitor, type);
        }

        @Override
        public void serialize(Object value, JsonGenerator gen, SerializationContext context) {
            gen.writeStartObject();
            gen.writeStringProperty(Tags.PROPERTY, tag);
            bean.unwrappingSerializer(NameTransformer.NOP).serialize(value, gen, context);
            gen.writeEndObject();
        }
    }
}
