package dev.clew.json;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The elements of a collection in order; a set keeps the order it was written in. */
final class CollectionShape extends Shape {
    private final Supplier<Collection<@Nullable Object>> factory;
    private final Shapes.Lazy element;

    CollectionShape(Class<?> type, Supplier<Collection<@Nullable Object>> factory, Shapes.Lazy element) {
        super(type);
        this.factory = factory;
        this.element = element;
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        Map<String, Object> schema = Schemas.type("array");
        schema.put("items", schemas.nullable(element.get()));
        return schema;
    }

    @Override
    void writeValue(Object value, Sink sink) {
        Collection<?> values = (Collection<?>) value;
        Containers.checkOrder(type(), values instanceof SortedSet<?> sorted ? sorted.comparator() : null);
        if (sink.canonical() && values instanceof Set) {
            Elements.writeSorted(values, element.get(), sink);
        } else if (values instanceof Set && mayCollapse(values)) {
            Elements.writeDistinct(values, element.get(), sink);
        } else {
            Elements.write(values, element.get(), sink);
        }
    }

    /** Whether two elements may have one form: of no declared class, such as 1 and 1L, or told apart by identity. */
    private boolean mayCollapse(Collection<?> values) {
        return values.size() > 1
                && (element.get().isOpen(new HashSet<>())
                        || values.getClass().getName().equals("java.util.Collections$SetFromMap"));
    }

    @Override
    boolean isOpen(Set<Shape> seen) {
        return element.get().isOpen(seen);
    }

    @Override
    Object readValue(JsonParser in) {
        expect(JsonToken.START_ARRAY, in, "an array");
        Collection<@Nullable Object> values = factory.get();
        Elements.read(in, element.get(), values);
        return values;
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return ((Collection<?>) value).isEmpty();
    }
}
