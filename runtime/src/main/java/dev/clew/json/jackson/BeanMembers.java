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
import java.util.Iterator;
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
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.PropertyWriter;

/** Compares what Jackson writes of a bean with what it reads: a field on one side only would be lost. */
public final class BeanMembers {
    private final JavaType type;
    private final Set<String> written = new LinkedHashSet<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final boolean byParameters;
    private final boolean byDefault;
    private final boolean open;

    private BeanMembers(JavaType type, ValueSerializer<?> writer, BeanDeserializerBase reader) {
        this.type = type;
        for (Iterator<PropertyWriter> all = writer.properties(); all.hasNext(); ) {
            written.add(all.next().getName());
        }
        reader.properties().forEachRemaining(property -> read.add(property.getName()));
        this.byParameters = reader.getValueInstantiator().canCreateFromObjectWith();
        this.byDefault = reader.getValueInstantiator().canCreateUsingDefault();
        this.open = reader.getValueInstantiator().canCreateUsingDelegate()
                || reader.getValueInstantiator().canCreateUsingArrayDelegate();
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
            return bean ? new BeanMembers(type, writer, read).whyRefused(mapper) : null;
        } catch (JacksonException e) {
            return Failures.reason(e);
        }
    }

    private static String noConstructor(Class<?> type) {
        return type.getName() + " could not be read back: it has no usable constructor; " + Advice.onConstructor(type);
    }

    /** A constructor that takes a text or a number alone reads no object, and an object is what is written. */
    private @Nullable String whyRefused(JsonMapper mapper) {
        return byDefault || byParameters || open ? whyLost(mapper) : noConstructor(type.getRawClass());
    }

    /** Why a value would lose a member, else null. */
    private @Nullable String whyLost(JsonMapper mapper) {
        List<Field> fields = fields(type.getRawClass());
        for (Field field : fields) {
            JsonIgnore ignored = field.getAnnotation(JsonIgnore.class);
            if (ignored != null && ignored.value()) {
                return lost(
                        field.getName(),
                        "@JsonIgnore leaves it out, and a value comes back whole or not at all;"
                                + " leave the member out of the class, or make it transient");
            }
            String why = open ? null : whyLost(field.getName());
            if (why != null) {
                return lost(field.getName(), why);
            }
        }
        return open ? null : ignored(mapper, fields);
    }

    private @Nullable String whyLost(String name) {
        if (read.contains(name) && !written.contains(name)) {
            return "it is read but not written; add a getter";
        }
        if (written.contains(name) && !read.contains(name) && !byParameters) {
            return "it is written but cannot be read back; add a setter";
        }
        return null;
    }

    /** Members that an annotation elsewhere than on the field leaves out, and classes of which nothing is read. */
    private @Nullable String ignored(JsonMapper mapper, List<Field> fields) {
        Set<String> names = new LinkedHashSet<>();
        fields.forEach(field -> names.add(field.getName()));
        for (BeanPropertyDefinition property : properties(mapper)) {
            if (property.getField() != null
                    && names.contains(property.getField().getName())
                    && property.hasGetter()
                    && !written.contains(property.getName())
                    && !read.contains(property.getName())) {
                return lost(property.getName(), "it is neither written nor read");
            }
        }
        String hidden = byParameters ? null : hidden(mapper, fields);
        if (hidden != null) {
            return lost(hidden, "it is neither written nor read, and equals does not see it; make it transient");
        }
        boolean nothing = !fields.isEmpty() && written.stream().noneMatch(read::contains);
        return nothing && !hasAnySetter()
                ? type.getRawClass().getName() + " could not be read back: no member is both written and read; "
                        + Advice.on(type.getRawClass())
                : null;
    }

    /**
     * A field behind no property, else null. Only {@code equals} of a user's class could pass over it when a copy is
     * compared; and where a constructor takes values, such a field may be made of these.
     */
    private @Nullable String hidden(JsonMapper mapper, List<Field> fields) {
        Class<?> word = Sameness.equalsOf(type.getRawClass());
        if (Refusals.isPlatform(word)) {
            return null;
        }
        Set<String> names = new LinkedHashSet<>();
        for (BeanPropertyDefinition property : properties(mapper)) {
            if (written.contains(property.getName()) || read.contains(property.getName())) {
                names.add(plain(property.getName()));
                names.add(plain(property.getInternalName()));
            }
        }
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

    private List<BeanPropertyDefinition> properties(JsonMapper mapper) {
        var context = mapper._serializationContext();
        return context.introspectBeanDescription(type).findProperties();
    }

    private boolean hasAnySetter() {
        return Arrays.stream(type.getRawClass().getMethods())
                .anyMatch(method -> method.isAnnotationPresent(JsonAnySetter.class));
    }

    private String lost(String member, String why) {
        return "the member '" + member + "' of " + type.getRawClass().getName() + " would be lost: " + why + "; or "
                + Advice.on(type.getRawClass());
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
