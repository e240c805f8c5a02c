package dev.clew.json.jackson;

import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;
import tools.jackson.databind.type.ReferenceType;

/** Answers whatever Jackson asks about the deserializer of a type: a shape, where we have one. */
final class BridgeDeserializers extends Deserializers.Base {
    private final Shapes shapes;
    private final Predicate<Class<?>> ours;

    BridgeDeserializers(Shapes shapes, Predicate<Class<?>> ours) {
        this.shapes = shapes;
        this.ours = ours;
    }

    private @Nullable ValueDeserializer<?> byShape(JavaType type) {
        return ours.test(type.getRawClass()) ? new ByShape(type, shapes.lazy(type)) : null;
    }

    @Override
    public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
        return false;
    }

    @Override
    public @Nullable ValueDeserializer<?> findBeanDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
        return byShape(type);
    }

    @Override
    public @Nullable ValueDeserializer<?> findEnumDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
        return byShape(type);
    }

    @Override
    public @Nullable ValueDeserializer<?> findReferenceDeserializer(
            ReferenceType type,
            DeserializationConfig config,
            BeanDescription.Supplier bean,
            @Nullable TypeDeserializer contentType,
            @Nullable ValueDeserializer<?> content) {
        return byShape(type);
    }

    @Override
    public @Nullable ValueDeserializer<?> findArrayDeserializer(
            ArrayType type,
            DeserializationConfig config,
            BeanDescription.Supplier bean,
            @Nullable TypeDeserializer elementType,
            @Nullable ValueDeserializer<?> element) {
        return byShape(type);
    }

    @Override
    public @Nullable ValueDeserializer<?> findCollectionDeserializer(
            CollectionType type,
            DeserializationConfig config,
            BeanDescription.Supplier bean,
            @Nullable TypeDeserializer elementType,
            @Nullable ValueDeserializer<?> element) {
        return byShape(type);
    }

    @Override
    public @Nullable ValueDeserializer<?> findMapDeserializer(
            MapType type,
            DeserializationConfig config,
            BeanDescription.Supplier bean,
            @Nullable KeyDeserializer key,
            @Nullable TypeDeserializer elementType,
            @Nullable ValueDeserializer<?> element) {
        return byShape(type);
    }

    /** Lets a shape read a member of something that Jackson reads. */
    private static final class ByShape extends StdDeserializer<Object> {
        private final Supplier<Shape> shape;

        private ByShape(JavaType type, Supplier<Shape> shape) {
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
    }
}
