package dev.clew.json.shape;

import dev.clew.json.form.Form;
import dev.clew.json.form.Misfit;
import dev.clew.json.form.Sink;
import dev.clew.json.form.Texts;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** A type that is one text: text itself, times, ids, locales and the like. */
final class TextShape<T> extends ScalarShape<T> {
    private final Text<T> text;
    private final Function<? super T, String> former;

    /** @param former the text of a value in digests of earlier releases */
    TextShape(
            Class<T> type,
            Map<String, Object> schema,
            Text<T> text,
            Function<? super T, String> former,
            @Nullable T zero) {
        super(type, schema, text, zero);
        this.text = text;
        this.former = former;
    }

    /** A text that says everything. What the parser complains about may quote it, so its words are dropped. */
    static <T> Text<T> text(Class<T> type, Function<? super T, String> format, Function<String, ? extends T> parse) {
        return new Text<>(format, string -> {
            try {
                return parse.apply(string);
            } catch (RuntimeException e) {
                throw new Misfit("a text that is not a " + type.getName());
            }
        });
    }

    /** A text that reads as another value for some values: those are refused when written. */
    static <T> Text<T> verified(Class<T> type, Function<? super T, String> format, Function<String, T> parse) {
        Text<T> text = text(type, format, parse);
        return new Text<>(
                value -> {
                    String string = format.apply(value);
                    if (!text.parse().apply(string).equals(value)) {
                        throw new Misfit("a " + type.getName() + " whose text does not read as the same value");
                    }
                    return string;
                },
                text.parse());
    }

    @Override
    @SuppressWarnings("unchecked") // the caller has checked the class
    public void writeValue(Object value, Sink sink) {
        Function<? super T, String> format = sink.form() == Form.FORMER ? former : text.format();
        Texts.write(format.apply((T) value), sink.gen());
    }

    @Override
    public Object readValue(JsonParser in) {
        return text.parse().apply(string(in, "text"));
    }

    @Override
    public boolean isEmpty(Object value, Sink sink, int depth) {
        return value instanceof String s ? s.isEmpty() : value instanceof Character c && c == 0;
    }
}
