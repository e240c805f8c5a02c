package dev.clew.json;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A type that is one text: text itself, times, ids, locales and the like. */
final class TextShape<T> extends Shape {
    /** The formats that JSON Schema has a name for and whose every text they are; times without seconds are none. */
    private static final Map<Class<?>, String> FORMATS =
            Map.of(UUID.class, "uuid", LocalDate.class, "date", Instant.class, "date-time");

    private final Class<T> valueType;
    private final Function<? super T, String> format;
    private final Function<String, ? extends T> parse;
    private final boolean verified;
    private final Function<? super T, String> former;

    private TextShape(
            Class<T> type,
            Function<? super T, String> format,
            Function<String, ? extends T> parse,
            boolean verified,
            Function<? super T, String> former) {
        super(type);
        this.valueType = type;
        this.format = format;
        this.parse = parse;
        this.verified = verified;
        this.former = former;
    }

    /** A type whose text says everything. */
    static <T> TextShape<T> of(Class<T> type, Function<? super T, String> format, Function<String, ? extends T> parse) {
        return new TextShape<>(type, format, parse, false, format);
    }

    /** A type with values whose text reads as another value: those are refused when written. */
    static <T> TextShape<T> verified(
            Class<T> type, Function<? super T, String> format, Function<String, ? extends T> parse) {
        return new TextShape<>(type, format, parse, true, format);
    }

    /** The same shape, whose text was another one in digests of earlier releases. */
    TextShape<T> formerly(Function<? super T, String> text) {
        return new TextShape<>(valueType, format, parse, verified, text);
    }

    /** The text of a value, for members and for map keys. */
    String format(Object value) {
        @SuppressWarnings("unchecked") // the caller has checked the class
        T typed = (T) value;
        String text = format.apply(typed);
        if (verified && !parse(text).equals(value)) {
            throw new Misfit("a " + type().getName() + " whose text does not read as the same value");
        }
        return text;
    }

    /** The value of a text; what the parser complains about may quote the text, so its words are dropped. */
    Object parse(String text) {
        try {
            return parse.apply(text);
        } catch (RuntimeException e) {
            throw new Misfit("a text that is not a " + type().getName());
        }
    }

    @Override
    Map<String, Object> schema(Schemas schemas) {
        Map<String, Object> schema = Schemas.type("string");
        String format = FORMATS.get(type());
        if (format != null) {
            schema.put("format", format);
        } else if (type() == Character.class) {
            schema.put("minLength", 1);
            schema.put("maxLength", 1);
        }
        return schema;
    }

    @Override
    void writeValue(Object value, Sink sink) {
        Texts.write(sink.form() == Form.FORMER ? former(value) : format(value), sink.gen());
    }

    @SuppressWarnings("unchecked") // the caller has checked the class
    private String former(Object value) {
        return former.apply((T) value);
    }

    @Override
    Object readValue(JsonParser in) {
        expect(JsonToken.VALUE_STRING, in, "text");
        return parse(in.getString());
    }

    @Override
    boolean isEmpty(Object value, Sink sink, int depth) {
        return value instanceof String s ? s.isEmpty() : value instanceof Character c && c == 0;
    }
}
