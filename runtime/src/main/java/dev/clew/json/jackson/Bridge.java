package dev.clew.json.jackson;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import dev.clew.json.form.Tags;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.module.SimpleSerializers;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.std.StdSerializer;

/** Makes Jackson ask the shapes, for whatever no user's module claims. */
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
        context.addSerializers(new ByShapes());
        context.addDeserializers(deserializers());
        context.addSerializerModifier(new Tagging());
    }

    /** Whether no user's module claims the type that Jackson gave this serializer. */
    public static boolean isByShape(ValueSerializer<?> serializer) {
        return serializer instanceof ByShape;
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
                            return new BridgeDeserializer(type, shapes.lazy(type));
                        }
                    }
                    return null;
                });
    }

    /** Answers whatever Jackson asks about the serializer of a type. */
    private final class ByShapes extends SimpleSerializers {
        private static final long serialVersionUID = 1L;

        @Override
        protected @Nullable ValueSerializer<?> _findSerializer(SerializationConfig config, JavaType type) {
            return ours.test(type.getRawClass()) ? new ByShape(type, shapes.lazy(type)) : null;
        }
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
                Object value, JsonGenerator gen, SerializationContext context, TypeSerializer typeSerializer) {
            serialize(value, gen, context);
        }
    }

    /** Gives beans below a sealed type their discriminator. */
    private static final class Tagging extends ValueSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
            @Nullable
            String tag = serializer instanceof BeanSerializerBase ? Tags.of(description.getBeanClass()) : null;
            return tag == null ? serializer : new TaggedSerializer(tag, serializer);
        }
    }
}
