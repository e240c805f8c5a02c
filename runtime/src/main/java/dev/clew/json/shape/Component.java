package dev.clew.json.shape;

import dev.clew.annotations.Describe;
import dev.clew.json.form.Form;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Sink;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JavaType;

/** One component of a record: its names in JSON, its accessor and the shape of its values. */
record Component(
        RecordComponent declared,
        ComponentNames names,
        SerializedString quotedName,
        Method accessor,
        Supplier<Shape> lazy) {
    static List<Component> all(JavaType type, Shapes shapes) {
        RecordComponent[] declared = type.getRawClass().getRecordComponents();
        ComponentNames[] names = ComponentNames.of(type.getRawClass());
        List<Component> all = new ArrayList<>();
        for (int i = 0; i < declared.length; i++) {
            JavaType member = shapes.mapper()
                    .getTypeFactory()
                    .resolveMemberType(declared[i].getGenericType(), type.getBindings());
            SerializedString quoted = new SerializedString(names[i].name());
            all.add(new Component(
                    declared[i], names[i], quoted, opened(declared[i].getAccessor()), shapes.lazy(member)));
        }
        return all;
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

    Shape shape() {
        return lazy.get();
    }

    @Nullable
    Object absent() {
        return at(() -> shape().ofAbsent());
    }

    /** A model may write null if an annotation named {@code Nullable} is on the component, its type, or its accessor. */
    Schemas.Member described() {
        boolean nullable = Stream.of(
                        declared.getAnnotations(),
                        declared.getAnnotatedType().getAnnotations(),
                        accessor.getAnnotations())
                .flatMap(Stream::of)
                .anyMatch(each -> each.annotationType().getSimpleName().equals("Nullable"));
        return new Schemas.Member(at(this::shape), nullable, description(declared));
    }

    /** The text of {@code @Describe}, or empty. */
    static String description(AnnotatedElement element) {
        Describe described = element.getAnnotation(Describe.class);
        return described == null ? "" : described.value();
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
            throw e.prependPath(declared.getDeclaringRecord(), name());
        }
    }

    @Nullable
    Object read(JsonParser in, boolean again) {
        return at(() -> {
            if (again) {
                throw new Misfit("the same member twice");
            }
            return shape().read(in);
        });
    }

    private <T extends @Nullable Object> T at(Supplier<T> work) {
        return Misfit.at(declared.getDeclaringRecord(), name(), work);
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
