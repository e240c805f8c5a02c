package dev.clew.json.form;

import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** The shapes of all types. Thread-safe. */
public interface Shapes {
    /** The shape of a declared type. */
    Shape of(Type type);

    /** The shape of a value that no declared type describes. */
    Shape ofClass(Class<?> type);

    /** Whether the lists, sets and maps that they read cannot be changed. */
    boolean isUnmodifiable();

    JsonMapper mapper();

    Limits limits();

    /** Of the stream factory: a mapper's own would have a context, which shapes do not need. */
    default JsonGenerator generator(OutputStream out) {
        return mapper().tokenStreamFactory().createGenerator(ObjectWriteContext.empty(), out);
    }

    default JsonParser parser(byte[] bytes) {
        return mapper().tokenStreamFactory().createParser(ObjectReadContext.empty(), bytes);
    }

    /** A shape that is worked out when first used, so that types may refer to themselves. */
    default Supplier<Shape> lazy(JavaType type) {
        return new Supplier<>() {
            private volatile @Nullable Shape shape;

            @Override
            public Shape get() {
                Shape known = shape;
                if (known == null) {
                    known = of(type);
                    shape = known;
                }
                return known;
            }
        };
    }
}
