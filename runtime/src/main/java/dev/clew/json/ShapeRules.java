package dev.clew.json;

import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;

/** Which shape a type has. */
final class ShapeRules {
    private final Shapes shapes;
    private final JsonMapper mapper;
    private final ContainerRules containers;

    ShapeRules(Shapes shapes, JsonMapper mapper) {
        this.shapes = shapes;
        this.mapper = mapper;
        this.containers = new ContainerRules(shapes, mapper.getTypeFactory());
    }

    /** What a type is to us if no user's module claims it; Jackson asks this too. */
    static boolean isOurs(Class<?> type) {
        return Scalars.of(type) != null
                || type == Object.class
                || type == Number.class
                || type.isArray()
                || type.isRecord()
                || type.isEnum()
                || Tags.isSealed(type)
                || isOptional(type)
                || PlatformTexts.of(type) != null
                || ContainerRules.isOurs(type)
                || Refusals.reason(type) != null;
    }

    Shape shapeOf(JavaType type) {
        Class<?> raw = type.getRawClass();
        Shape scalar = Scalars.of(raw);
        if (scalar != null) {
            return scalar;
        }
        if (raw == Object.class || raw == Number.class) {
            return new PlainShape(raw, shapes);
        }
        if (raw == Enum.class) {
            return new OpenShape(raw, shapes);
        }
        if (raw == Void.class || raw == void.class) {
            return new RefusedShape(Void.class, "Void has no value but null");
        }
        ValueSerializer<?> serializer = mapper._serializationContext().findValueSerializer(type);
        if (serializer instanceof BridgeSerializer) {
            String refusal = Refusals.reason(raw);
            return refusal == null ? ours(type, raw) : new RefusedShape(raw, refusal);
        }
        return foreign(type, raw, serializer);
    }

    /** The type of a value by its class alone: containers by their interface, constants by their enum. */
    JavaType described(Class<?> type) {
        if (Enum.class.isAssignableFrom(type)) {
            return mapper.constructType(type.isEnum() ? type : type.getSuperclass());
        }
        return mapper.constructType(ContainerRules.isOurs(type) ? ContainerRules.interfaceOf(type) : type);
    }

    private Shape ours(JavaType type, Class<?> raw) {
        if (type.isArrayType()) {
            return new ArrayShape(raw, shapes.lazy(type.getContentType()));
        }
        if (raw.isEnum()) {
            return new EnumShape(raw, Tags.of(raw));
        }
        if (raw.isRecord()) {
            return new RecordShape(type, shapes);
        }
        if (Tags.isSealed(raw)) {
            return sealed(type, raw);
        }
        if (raw == Optional.class) {
            return new OptionalShape(shapes.lazy(type.containedTypeOrUnknown(0)));
        }
        Shape text = PlatformTexts.of(raw);
        if (text != null) {
            return text;
        }
        Shape optional = NumericOptionalShape.of(raw, shapes::of);
        return optional != null ? optional : containers.shapeOf(type);
    }

    private Shape sealed(JavaType type, Class<?> raw) {
        return Modifier.isAbstract(raw.getModifiers())
                ? new SealedShape(type, shapes)
                : new RefusedShape(
                        raw, raw.getName() + " is sealed but not abstract; make it abstract or an interface");
    }

    private Shape foreign(JavaType type, Class<?> raw, ValueSerializer<?> serializer) {
        boolean bean = serializer instanceof BeanSerializerBase
                || serializer instanceof UnknownSerializer
                || serializer instanceof TaggedSerializer;
        if (bean && type.isAbstract()) {
            return new OpenShape(raw, shapes);
        }
        String refusal = bean ? Refusals.reasonAsBean(raw) : null;
        if (refusal == null && Tags.of(raw) != null && !(serializer instanceof TaggedSerializer)) {
            refusal = raw.getName() + " belongs to a sealed type and cannot have a serializer of its own";
        }
        if (refusal != null) {
            return new RefusedShape(raw, refusal);
        }
        String unreadable = type.isAbstract() ? null : Beans.whyUnreadable(type, mapper);
        if (unreadable == null && bean) {
            unreadable = Beans.whyLossy(type, serializer, mapper);
        }
        return unreadable == null ? new ForeignShape(type, bean, shapes) : new RefusedShape(raw, unreadable);
    }

    private static boolean isOptional(Class<?> type) {
        return type == Optional.class
                || type == OptionalInt.class
                || type == OptionalLong.class
                || type == OptionalDouble.class;
    }
}
