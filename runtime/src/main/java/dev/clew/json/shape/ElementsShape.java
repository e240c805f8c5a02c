package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Schemas;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Sink;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The elements of a collection, or of an array of anything but bytes, in order; a set keeps the order it was written in. */
public final class ElementsShape extends Shape {
    private final Supplier<Collection<@Nullable Object>> factory;
    private final Supplier<Shape> element;
    private final UnaryOperator<Object> view;

    /**
     * The shape of a collection or an array.
     *
     * @param factory makes empty collections, for an array any
     * @param view what is given of a collection that was read
     */
    public ElementsShape(
            Class<?> type,
            Supplier<Collection<@Nullable Object>> factory,
            Supplier<Shape> element,
            UnaryOperator<Object> view) {
        super(type, List.of(element));
        this.factory = factory;
        this.element = element;
        this.view = view;
    }

    @Override
    public Map<String, Object> schema(Schemas schemas) {
        return Schemas.with("items", schemas.nullable(element.get()), Schemas.type("array"));
    }

    @Override
    public void writeValue(Object value, Sink sink) {
        Collection<?> values = elements(value);
        Containers.checkOrder(type(), values instanceof SortedSet<?> sorted ? sorted.comparator() : null);
        sink.checkDepth();
        sink.gen().writeStartArray();
        if (values instanceof Set && (sink.canonical() || mayCollapse(values))) {
            forms(values, sink).forEach(form -> sink.gen().writeRawValue(new String(form, StandardCharsets.UTF_8)));
        } else {
            Shape shape = element.get();
            Misfit.each(values, each -> shape.write(each, sink));
        }
        sink.gen().writeEndArray();
    }

    /**
     * The forms of a set's elements. In the canonical form they are sorted by bytes, because a set has no order that replay could
     * rely on. To be stored, two elements with one form are refused, because a set would have one of them when it is read.
     */
    private List<byte[]> forms(Collection<?> values, Sink sink) {
        List<byte[]> forms = new ArrayList<>(values.size());
        Set<ByteBuffer> distinct = new HashSet<>();
        Misfit.each(values, value -> {
            byte[] form = Sink.bytes(
                    sink.shapes(),
                    sink.form(),
                    sink.depth(),
                    aside -> element.get().write(value, aside));
            if (!sink.canonical() && !distinct.add(ByteBuffer.wrap(form))) {
                throw new Misfit("two elements of a set with the same stored form, such as 1 and 1L; declare the"
                        + " class of the elements, or a list");
            }
            forms.add(form);
        });
        if (sink.canonical()) {
            forms.sort(Arrays::compareUnsigned);
        }
        return forms;
    }

    /** Whether two elements may have one form: of no declared class, such as 1 and 1L, or told apart by identity. */
    private boolean mayCollapse(Collection<?> values) {
        return values.size() > 1
                && (element.get().isOpen() || values.getClass().getName().equals("java.util.Collections$SetFromMap"));
    }

    @Override
    public Object readValue(JsonParser in) {
        expect(JsonToken.START_ARRAY, in, "an array");
        Collection<@Nullable Object> values = factory.get();
        Shape shape = element.get();
        readElements(in, values, shape::read);
        return type().isArray() ? array(values) : view.apply(values);
    }

    private Object array(Collection<@Nullable Object> values) {
        Object array = Array.newInstance(type().getComponentType(), values.size());
        int index = 0;
        for (Object value : values) {
            Array.set(array, index++, value);
        }
        return array;
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return elements(value).isEmpty();
    }

    /** The elements of a collection, or of an array of any component type. */
    public static Collection<? extends @Nullable Object> elements(Object value) {
        return value instanceof Collection<?> collection
                ? collection
                : new AbstractList<@Nullable Object>() {
                    @Override
                    public @Nullable Object get(int index) {
                        return Array.get(value, index);
                    }

                    @Override
                    public int size() {
                        return Array.getLength(value);
                    }
                };
    }
}
