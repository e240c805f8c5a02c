package dev.clew.json;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final String name;
    private final Set<String> names;
    private final SerializedString quotedName;
    private final MethodHandle accessor;
    private final Shapes.Lazy shape;

    private Component(RecordComponent component, Shapes.Lazy shape) {
        Method method = component.getAccessor();
        this.owner = component.getDeclaringRecord();
        this.name = nameOf(component.getName(), method.getAnnotation(JsonProperty.class));
        this.names = new LinkedHashSet<>(List.of(name));
        JsonAlias aliases = method.getAnnotation(JsonAlias.class);
        if (aliases != null) {
            names.addAll(List.of(aliases.value()));
        }
        this.quotedName = new SerializedString(name);
        this.accessor = RecordMaker.accessor(method);
        this.shape = shape;
    }

    static Component[] all(JavaType type, Shapes shapes) {
        RecordComponent[] components = type.getRawClass().getRecordComponents();
        Component[] all = new Component[components.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Component(components[i], shapes.lazy(shapes.member(components[i].getGenericType(), type)));
        }
        return all;
    }

    String name() {
        return name;
    }

    /** The name it is written under and those it is also read under. */
    Set<String> names() {
        return names;
    }

    void write(Object value, Sink sink) {
        try {
            Object member = get(value);
            if (sink.canonical() && isEmpty(member, sink, sink.depth())) {
                return;
            }
            sink.gen().writeName(quotedName);
            shape.get().write(member, sink);
        } catch (JacksonException e) {
            throw e.prependPath(owner, name);
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
            throw e.prependPath(owner, name);
        }
    }

    @Nullable
    Object absent() {
        try {
            return shape.get().ofAbsent();
        } catch (JacksonException e) {
            throw e.prependPath(owner, name);
        }
    }

    Map<String, Object> schema(Schemas schemas) {
        try {
            return schemas.nullable(shape.get());
        } catch (JacksonException e) {
            throw e.prependPath(owner, name);
        }
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

    private static String nameOf(String component, @Nullable JsonProperty property) {
        return property == null || property.value().isEmpty() ? component : property.value();
    }
}
