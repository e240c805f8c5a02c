package dev.clew.json.jackson;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.clew.json.form.Advice;
import dev.clew.json.form.Failures;
import dev.clew.json.form.Refusals;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;

/** Compares what Jackson writes of a bean with what it reads: a field on one side only would be lost. */
public final class BeanMembers {
    private final Class<?> type;
    private final List<Field> fields;
    private final List<BeanPropertyDefinition> properties;
    private final Set<String> written = new LinkedHashSet<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final ValueInstantiator maker;

    private BeanMembers(JavaType type, ValueSerializer<?> writer, BeanDeserializerBase reader, JsonMapper mapper) {
        this.type = type.getRawClass();
        this.fields = fields(type.getRawClass());
        this.properties =
                mapper._serializationContext().introspectBeanDescription(type).findProperties();
        this.maker = reader.getValueInstantiator();
        writer.properties().forEachRemaining(property -> written.add(property.getName()));
        reader.properties().forEachRemaining(property -> read.add(property.getName()));
    }

    /** Why values of a class could never be read back, or would lose a member if it is a bean, else null. */
    public static @Nullable String whyRefused(
            JavaType type, boolean bean, ValueSerializer<?> writer, JsonMapper mapper) {
        if (type.isAbstract()) {
            return null;
        }
        try {
            ValueDeserializer<?> reader = mapper._deserializationContext().findRootValueDeserializer(type);
            if (!(reader instanceof BeanDeserializerBase read)) {
                return reader instanceof AbstractDeserializer ? noConstructor(type.getRawClass()) : null;
            }
            if (!read.getValueInstantiator().canInstantiate()) {
                return noConstructor(type.getRawClass());
            }
            return bean ? new BeanMembers(type, writer, read, mapper).whyRefused() : null;
        } catch (JacksonException e) {
            return Failures.reason(e);
        }
    }

    private static String noConstructor(Class<?> type) {
        return type.getName() + " could not be read back: it has no usable constructor; " + Advice.onConstructor(type);
    }

    private @Nullable String whyRefused() {
        boolean any = maker.canCreateUsingDelegate() || maker.canCreateUsingArrayDelegate();
        // A constructor that takes a text or a number alone reads no object, and an object is what is written.
        if (!any && !maker.canCreateUsingDefault() && !maker.canCreateFromObjectWith()) {
            return noConstructor(type);
        }
        for (Field field : fields) {
            JsonIgnore ignored = field.getAnnotation(JsonIgnore.class);
            if (ignored != null && ignored.value()) {
                return lost(
                        field.getName(),
                        "@JsonIgnore leaves it out, and a value comes back whole or not at all;"
                                + " leave the member out of the class, or make it transient");
            }
            if (!any && read.contains(field.getName()) && !written.contains(field.getName())) {
                return lost(field.getName(), "it is read but not written; add a getter");
            }
            if (!any && isWrittenOnly(field.getName())) {
                return lost(field.getName(), "it is written but cannot be read back; add a setter");
            }
        }
        return any ? null : whyIgnored();
    }

    private boolean isWrittenOnly(String name) {
        return written.contains(name) && !read.contains(name) && !maker.canCreateFromObjectWith();
    }

    /** Members that an annotation elsewhere than on the field leaves out, and classes of which nothing is read. */
    private @Nullable String whyIgnored() {
        List<String> names = fields.stream().map(Field::getName).toList();
        for (BeanPropertyDefinition property : properties) {
            if (property.getField() != null
                    && names.contains(property.getField().getName())
                    && property.hasGetter()
                    && !isKept(property)) {
                return lost(property.getName(), "it is neither written nor read");
            }
        }
        String hidden = maker.canCreateFromObjectWith() ? null : hidden();
        if (hidden != null) {
            return lost(hidden, "it is neither written nor read, and equals does not see it; make it transient");
        }
        boolean nothing = !fields.isEmpty() && written.stream().noneMatch(read::contains);
        boolean anySetter =
                Arrays.stream(type.getMethods()).anyMatch(method -> method.isAnnotationPresent(JsonAnySetter.class));
        return nothing && !anySetter
                ? type.getName() + " could not be read back: no member is both written and read; " + Advice.on(type)
                : null;
    }

    private boolean isKept(BeanPropertyDefinition property) {
        return written.contains(property.getName()) || read.contains(property.getName());
    }

    /**
     * A field behind no property, else null. Only {@code equals} of a user's class could pass over it when a copy is
     * compared; and where a constructor takes values, such a field may be made of these.
     */
    private @Nullable String hidden() {
        if (Refusals.isPlatform(Sameness.equalsOf(type))) {
            return null;
        }
        Set<String> names = new LinkedHashSet<>();
        properties.stream().filter(this::isKept).forEach(property -> {
            names.add(plain(property.getName()));
            names.add(plain(property.getInternalName()));
        });
        for (Field field : fields) {
            String name = plain(field.getName());
            boolean prefixed = name.startsWith("is") && names.contains(name.substring(2))
                    || name.startsWith("m") && names.contains(name.substring(1));
            if (!prefixed && !names.contains(name)) {
                return field.getName();
            }
        }
        return null;
    }

    /** The name without what conventions for fields add to it. */
    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private String lost(String member, String why) {
        return "the member '" + member + "' of " + type.getName() + " would be lost: " + why + "; or "
                + Advice.on(type);
    }

    /** What makes up a value: the fields of its class and of superclasses that are not the JDK's. */
    static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = type; c != null && !Refusals.isPlatform(c); c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                boolean left = field.isSynthetic() || Modifier.isStatic(field.getModifiers());
                if (!left && !Modifier.isTransient(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }
}
