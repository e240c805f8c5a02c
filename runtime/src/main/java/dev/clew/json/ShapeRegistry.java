package dev.clew.json;

import dev.clew.json.form.Advice;
import dev.clew.json.form.Limits;
import dev.clew.json.form.Refusals;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Tags;
import dev.clew.json.jackson.BeanMembers;
import dev.clew.json.jackson.Bridge;
import dev.clew.json.jackson.ForeignShape;
import dev.clew.json.jackson.Mappers;
import dev.clew.json.message.MessageShapes;
import dev.clew.json.shape.Containers;
import dev.clew.json.shape.ElementsShape;
import dev.clew.json.shape.EnumShape;
import dev.clew.json.shape.MigratedShape;
import dev.clew.json.shape.OptionalShape;
import dev.clew.json.shape.PlainShape;
import dev.clew.json.shape.PlatformTexts;
import dev.clew.json.shape.RecordShape;
import dev.clew.json.shape.RefusedShape;
import dev.clew.json.shape.Scalars;
import dev.clew.json.shape.SealedShape;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.impl.UnsupportedTypeSerializer;

/** Which shape a type has; each is worked out once. Thread-safe. */
final class ShapeRegistry implements Shapes {
    private final Limits limits;
    private final Map<Class<?>, UnaryOperator<Map<String, @Nullable Object>>> migrations;
    private final JsonMapper mapper;
    private final Map<Type, Shape> byType = new ConcurrentHashMap<>();
    private final Map<Class<?>, Shape> byClass = new ConcurrentHashMap<>();

    /** What reads modifiable containers, where these shapes read unmodifiable ones; else null. */
    private final @Nullable ShapeRegistry modifiable;

    ShapeRegistry(
            List<JacksonModule> modules,
            Map<Class<?>, UnaryOperator<Map<String, @Nullable Object>>> migrations,
            Limits limits) {
        this.limits = limits;
        this.migrations = Map.copyOf(migrations);
        this.mapper = Mappers.create(this, ShapeRegistry::isOurs, modules, limits);
        this.modifiable = null;
    }

    private ShapeRegistry(ShapeRegistry modifiable) {
        this.limits = modifiable.limits;
        this.migrations = modifiable.migrations;
        this.mapper = modifiable.mapper;
        this.modifiable = modifiable;
    }

    /** The same shapes, but that the containers which they read cannot be changed, except in what Jackson reads. */
    ShapeRegistry unmodifiable() {
        return new ShapeRegistry(this);
    }

    @Override
    public boolean isUnmodifiable() {
        return modifiable != null;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public JsonMapper mapper() {
        return mapper;
    }

    @Override
    public Shape of(Type type) {
        Shape known = byType.get(type);
        return known != null ? known : remembered(byType, type, workedOut(mapper.constructType(type)));
    }

    @Override
    public Shape ofClass(Class<?> type) {
        Shape known = byClass.get(type);
        return known != null ? known : remembered(byClass, type, workedOut(type));
    }

    /** The shape of a type, if it was worked out before; else null. */
    @Nullable
    Shape known(Type type) {
        return byType.get(type);
    }

    private static <K> Shape remembered(Map<K, Shape> shapes, K type, Shape shape) {
        Shape first = shapes.putIfAbsent(type, shape);
        return first == null ? shape : first;
    }

    /** By the class alone: containers by their interface, constants by their enum. */
    private Shape workedOut(Class<?> type) {
        if (type == Object.class) {
            return new RefusedShape(type, "a bare Object holds no data");
        }
        if (Enum.class.isAssignableFrom(type)) {
            return of(mapper.constructType(type.isEnum() ? type : type.getSuperclass()));
        }
        return of(mapper.constructType(Containers.isOurs(type) ? Containers.interfaceOf(type) : type));
    }

    private Shape workedOut(JavaType type) {
        Shape shape = shapeOf(type, type.getRawClass());
        UnaryOperator<Map<String, @Nullable Object>> migration = migrations.get(type.getRawClass());
        return migration == null ? shape : new MigratedShape(shape, migration, this);
    }

    /** What a type is to us if no user's module claims it; Jackson asks this too. */
    private static boolean isOurs(Class<?> type) {
        return Scalars.of(type) != null
                || type == Object.class
                || type == Number.class
                || type.isArray()
                || type.isRecord()
                || type.isEnum()
                || Tags.isSealed(type)
                || OptionalShape.isOf(type)
                || PlatformTexts.of(type) != null
                || Containers.isOurs(type)
                || Refusals.reason(type) != null;
    }

    private Shape shapeOf(JavaType type, Class<?> raw) {
        Shape scalar = Scalars.of(raw);
        if (scalar != null) {
            return scalar;
        }
        if (raw == Object.class || raw == Number.class) {
            return new PlainShape(raw, this);
        }
        if (raw == Enum.class) {
            return new RefusedShape(raw, Refusals.reasonAsOpen(raw), new PlainShape(raw, this));
        }
        Shape message = MessageShapes.of(type, this);
        if (message != null) {
            return message;
        }
        if (raw == Void.class || raw == void.class) {
            return new RefusedShape(Void.class, "Void has no value but null");
        }
        ValueSerializer<?> serializer = mapper._serializationContext().findValueSerializer(type);
        if (!Bridge.isByShape(serializer)) {
            return foreign(type, raw, serializer);
        }
        String refusal = Refusals.reason(raw);
        return refusal == null ? ours(type, raw) : new RefusedShape(raw, refusal);
    }

    private Shape ours(JavaType type, Class<?> raw) {
        if (type.isArrayType()) {
            return new ElementsShape(raw, ArrayList::new, lazy(type.getContentType()), UnaryOperator.identity());
        }
        if (raw.isEnum()) {
            return new EnumShape(raw);
        }
        if (raw.isRecord()) {
            return new RecordShape(type, this);
        }
        if (Tags.isSealed(raw)) {
            return Modifier.isAbstract(raw.getModifiers())
                    ? new SealedShape(type, this)
                    : new RefusedShape(
                            raw, raw.getName() + " is sealed but not abstract; make it abstract or an interface");
        }
        Shape text = PlatformTexts.of(raw);
        if (text != null) {
            return text;
        }
        Shape optional = OptionalShape.of(type, this);
        return optional != null ? optional : Containers.shapeOf(type, this);
    }

    private Shape foreign(JavaType type, Class<?> raw, ValueSerializer<?> serializer) {
        if (modifiable != null) {
            return modifiable.of(type);
        }
        boolean tagged = Bridge.isTagged(serializer);
        boolean bean = tagged || serializer instanceof BeanSerializerBase || serializer instanceof UnknownSerializer;
        if (bean && type.isAbstract()) {
            return new RefusedShape(raw, Refusals.reasonAsOpen(raw), new PlainShape(raw, this));
        }
        if (serializer instanceof UnsupportedTypeSerializer) {
            return new RefusedShape(raw, raw.getName() + " has no stored form; " + Advice.on(raw));
        }
        String refusal = bean ? Refusals.reasonAsBean(raw) : null;
        if (refusal == null && Tags.of(raw) != null && !tagged) {
            refusal = raw.getName() + " belongs to a sealed type and cannot have a serializer of its own";
        }
        if (refusal == null) {
            refusal = BeanMembers.whyRefused(type, bean, serializer, mapper);
        }
        return refusal == null ? new ForeignShape(type, bean, this) : new RefusedShape(raw, refusal);
    }
}
