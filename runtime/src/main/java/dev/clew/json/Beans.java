package dev.clew.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
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
            return creatable ? null : noConstructor(type);
        } catch (JacksonException e) {
            return Failures.reason(e);
        }
    }

    private static String noConstructor(JavaType type) {
        return type.getRawClass().getName() + " could not be read back: it has no usable constructor; use a record, or"
                + " a public constructor without parameters";
    }
}
