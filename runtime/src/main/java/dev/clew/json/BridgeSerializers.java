package dev.clew.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;
import tools.jackson.databind.type.ReferenceType;

/** Answers Jackson's question who writes a type: a shape, where we have one. */
final class BridgeSerializers extends Serializers.Base {
    private final Shapes shapes;

    BridgeSerializers(Shapes shapes) {
        this.shapes = shapes;
    }

    @Override
    public @Nullable ValueSerializer<?> findSerializer(
            SerializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format) {
        return bridge(type);
    }

    @Override
    public @Nullable ValueSerializer<?> findEnumSerializer(
            SerializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format) {
        return bridge(type);
    }

    @Override
    public @Nullable ValueSerializer<?> findReferenceSerializer(
            SerializationConfig config,
            ReferenceType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format,
            @Nullable TypeSerializer contentType,
            @Nullable ValueSerializer<Object> content) {
        return bridge(type);
    }

    @Override
    public @Nullable ValueSerializer<?> findArraySerializer(
            SerializationConfig config,
            ArrayType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format,
            @Nullable TypeSerializer elementType,
            @Nullable ValueSerializer<Object> element) {
        return bridge(type);
    }

    @Override
    public @Nullable ValueSerializer<?> findCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format,
            @Nullable TypeSerializer elementType,
            @Nullable ValueSerializer<Object> element) {
        return bridge(type);
    }

    @Override
    public @Nullable ValueSerializer<?> findMapSerializer(
            SerializationConfig config,
            MapType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format,
            @Nullable ValueSerializer<Object> key,
            @Nullable TypeSerializer elementType,
            @Nullable ValueSerializer<Object> element) {
        return bridge(type);
    }

    private @Nullable ValueSerializer<?> bridge(JavaType type) {
        return ShapeRules.isOurs(type.getRawClass()) ? new BridgeSerializer(type, shapes) : null;
    }
}
