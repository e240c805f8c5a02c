package dev.clew.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.json.JsonMapper;

/** Whether Jackson can make an object of a class again; asked before the first value is written. */
final class Beans {
    private Beans() {}

    /** Why a value of this class could never be read back, else null. */
    static @Nullable String whyUnreadable(JavaType type, JsonMapper mapper) {
        try {
            ValueDeserializer<?> reader = mapper._deserializationContext().findRootValueDeserializer(type);
            boolean creatable = !(reader instanceof AbstractDeserializer)
                    && (!(reader instanceof BeanDeserializerBase bean)
                            || bean.getValueInstantiator().canInstantiate());
            return creatable ? null : noConstructor(type.getRawClass());
        } catch (JacksonException e) {
            return Failures.reason(e);
        }
    }

    /** Why values of a bean would lose a member, else null. */
    static @Nullable String whyLossy(JavaType type, ValueSerializer<?> writer, JsonMapper mapper) {
        try {
            ValueDeserializer<?> reader = mapper._deserializationContext().findRootValueDeserializer(type);
            return reader instanceof BeanDeserializerBase bean
                    ? new BeanMembers(type, writer, bean).whyLost(mapper)
                    : null;
        } catch (JacksonException e) {
            return Failures.reason(e);
        }
    }

    private static String noConstructor(Class<?> type) {
        return type.getName() + " could not be read back: it has no usable constructor; " + Advice.on(type);
    }
}
