package dev.clew.json;

import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** An array of anything but bytes. */
final class ArrayShape extends Shape {
    private final Class<?> component;
    private final Shapes.Lazy element;

    ArrayShape(Class<?> type, Shapes.Lazy element) {
        super(type);
        this.component = type.getComponentType();
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
        Elements.write(new Items(value), element.get(), sink);
    }

    @Override
    boolean isOpen(Set<Shape> seen) {
        return element.get().isOpen(seen);
    }

    @Override
    Object readValue(JsonParser in) {
        expect(JsonToken.START_ARRAY, in, "an array");
        List<@Nullable Object> values = new ArrayList<>();
        Elements.read(in, element.get(), values);
        Object array = Array.newInstance(component, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return Array.getLength(value) == 0;
    }

    /** An array of any component type as a list. */
    private static final class Items extends AbstractList<@Nullable Object> {
        private final Object array;

        Items(Object array) {
            this.array = array;
        }

        @Override
        public @Nullable Object get(int index) {
            return Array.get(array, index);
        }

        @Override
        public int size() {
            return Array.getLength(array);
        }
    }
}
