package dev.clew.json;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JavaType;

/** One component of a record: its name in JSON, its accessor and the shape of its values. */
final class Component {
    private final Class<?> owner;
    private final ComponentNames names;
    private final SerializedString quotedName;
    private final MethodHandle accessor;
    private final Shapes.Lazy shape;

    private Component(RecordComponent component, ComponentNames names, Shapes.Lazy shape) {
        this.owner = component.getDeclaringRecord();
        this.names = names;
        this.quotedName = new SerializedString(names.name());
        this.accessor = RecordMaker.accessor(component.getAccessor());
        this.shape = shape;
    }

    static Component[] all(JavaType type, Shapes shapes) {
        RecordComponent[] components = type.getRawClass().getRecordComponents();
        ComponentNames[] names = ComponentNames.of(type.getRawClass());
        Component[] all = new Component[components.length];
        for (int i = 0; i < all.length; i++) {
            Shapes.Lazy shape = shapes.lazy(shapes.member(components[i].getGenericType(), type));
            all[i] = new Component(components[i], names[i], shape);
        }
        return all;
    }

    String name() {
        return names.name();
    }

    /** The name that earlier releases wrote it under. */
    String formerName() {
        return names.former();
    }

    /** The name it is written under and those it is also read under. */
    Set<String> names() {
        return names.all();
    }

    void write(Object value, Sink sink) {
        try {
            Object member = get(value);
            if (sink.canonical() && isEmpty(member, sink, sink.depth())) {
                return;
            }
            if (sink.form() == Form.FORMER) {
                sink.gen().writeName(names.former());
            } else {
                sink.gen().writeName(quotedName);
            }
            shape.get().write(member, sink);
        } catch (JacksonException e) {
            throw e.prependPath(owner, names.name());
        }
    }

    @Nullable
    Object read(JsonParser in, boolean again) {
        try {
            if (again) {
                throw new Misfit("the same member twice");
            }
            return shape.get().read(in);
        } catch (JacksonException e) {
            throw e.prependPath(owner, names.name());
        }
    }

    @Nullable
    Object absent() {
        try {
            return shape.get().ofAbsent();
        } catch (JacksonException e) {
            throw e.prependPath(owner, names.name());
        }
    }

    Map<String, Object> schema(Schemas schemas) {
        try {
            return schemas.nullable(shape.get());
        } catch (JacksonException e) {
            throw e.prependPath(owner, names.name());
        }
    }

    boolean isOpen(Set<Shape> seen) {
        return shape.get().isOpen(seen);
    }

    boolean isEmpty(@Nullable Object member, Sink sink, int depth) {
        return member == null || shape.get().isEmpty(member, sink, depth);
    }

    @Nullable
    Object get(Object value) {
        try {
            return (Object) accessor.invokeExact(value);
        } catch (Error | JacksonException e) {
            throw e;
        } catch (Throwable e) {
            throw new Misfit("its accessor threw " + e.getClass().getName(), e);
        }
    }
}
