package dev.clew.json.shape;

import dev.clew.json.form.Form;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JavaType;

/** One component of a record: its name in JSON, its accessor and the shape of its values. */
final class Component {
    private final ComponentNames names;
    private final SerializedString quotedName;
    private final Method accessor;
    private final Supplier<Shape> shape;
    private final RecordComponent declared;

    private Component(RecordComponent component, ComponentNames names, Supplier<Shape> shape) {
        this.names = names;
        this.quotedName = new SerializedString(names.name());
        this.accessor = opened(component.getAccessor());
        this.shape = shape;
        this.declared = component;
    }

    static Component[] all(JavaType type, Shapes shapes) {
        RecordComponent[] components = type.getRawClass().getRecordComponents();
        ComponentNames[] names = ComponentNames.of(type.getRawClass());
        Component[] all = new Component[components.length];
        for (int i = 0; i < all.length; i++) {
            JavaType member = shapes.mapper()
                    .getTypeFactory()
                    .resolveMemberType(components[i].getGenericType(), type.getBindings());
            all[i] = new Component(components[i], names[i], shapes.lazy(member));
        }
        return all;
    }

    static Constructor<?> constructor(Class<?> type) {
        try {
            return type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new Misfit("cannot reach the constructor of " + type.getName(), e);
        }
    }

    static <M extends AccessibleObject & Member> M opened(M member) {
        if (!member.trySetAccessible()) {
            Class<?> type = member.getDeclaringClass();
            Module reader = Component.class.getModule();
            String to = reader.isNamed() ? " to " + reader.getName() : "";
            throw new Misfit("cannot read " + type.getName() + ": module "
                    + type.getModule().getName()
                    + " must open package " + type.getPackageName() + to
                    + ", or export it and the type be public");
        }
        return member;
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

    Supplier<Shape> lazy() {
        return shape;
    }

    Shape shape() {
        return shape.get();
    }

    @Nullable
    Object absent() {
        try {
            return shape().ofAbsent();
        } catch (JacksonException e) {
            throw at(e);
        }
    }

    Map<String, Object> schema(Schemas schemas) {
        try {
            return schemas.nullable(shape());
        } catch (JacksonException e) {
            throw at(e);
        }
    }

    Schemas.Member forModels() {
        return new Schemas.Member(shape(), Described.isNullable(declared), Described.of(declared));
    }

    /** Prepends this component to the path of what went wrong. */
    private JacksonException at(JacksonException e) {
        return e.prependPath(accessor.getDeclaringClass(), names.name());
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
            shape().write(member, sink);
        } catch (JacksonException e) {
            throw at(e);
        }
    }

    @Nullable
    Object read(JsonParser in, boolean again) {
        if (again) {
            throw at(new Misfit("the same member twice"));
        }
        try {
            return shape().read(in);
        } catch (JacksonException e) {
            throw at(e);
        }
    }

    boolean isEmpty(@Nullable Object member, Sink sink, int depth) {
        return member == null || shape().isEmpty(member, sink, depth);
    }

    @Nullable
    Object get(Object value) {
        try {
            return accessor.invoke(value);
        } catch (InvocationTargetException e) {
            throw thrown("its accessor", e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new Misfit("cannot reach " + accessor, e);
        }
    }

    /** What users' code threw, without its words. */
    static RuntimeException thrown(String code, Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof JacksonException ours
                ? ours
                : new Misfit(code + " threw " + e.getClass().getName(), e);
    }
}
