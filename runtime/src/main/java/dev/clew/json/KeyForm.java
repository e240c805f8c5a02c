package dev.clew.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.databind.JavaType;

/** How the keys of a map become names of members and keys again. */
final class KeyForm {
    private final Class<?> type;
    private final Shape shape;

    private KeyForm(Class<?> type, Shape shape) {
        this.type = type;
        this.shape = shape;
    }

    /** The form of keys of a declared type; of no declared type, keys must be texts. */
    static KeyForm of(JavaType type, Shapes shapes) {
        Class<?> raw = type.getRawClass();
        boolean open = raw == Object.class || raw == Comparable.class || raw == CharSequence.class;
        Class<?> declared = open ? String.class : raw;
        Shape scalar = Scalars.of(declared);
        if (scalar != null) {
            return new KeyForm(declared, scalar);
        }
        return new KeyForm(declared, declared.isEnum() ? shapes.of(type) : new Unkeyed(declared));
    }

    /** Requires that the keys have a text form. */
    void check() {
        if (shape instanceof Unkeyed) {
            throw unsupported();
        }
    }

    String format(@Nullable Object key) {
        if (key == null) {
            throw new Misfit("a null key");
        }
        if (key instanceof String text && type == String.class) {
            return wellFormed(text);
        }
        if (!shape.type().isInstance(key)) {
            throw new Misfit("a key of " + key.getClass().getName() + " where keys are declared as " + type.getName()
                    + ", or not declared");
        }
        return formatAs(key);
    }

    Object parse(String name) {
        return type == String.class ? name : parseAs(name);
    }

    private String formatAs(Object key) {
        if (shape instanceof TextShape<?> text) {
            return wellFormed(text.format(key));
        }
        if (shape instanceof EnumShape) {
            return ((Enum<?>) key).name();
        }
        if (key instanceof Double d) {
            return FloatingShape.text(d);
        }
        if (key instanceof Float f) {
            return NumberOutput.toString(f, true);
        }
        if (key instanceof Number || key instanceof Boolean) {
            return key.toString();
        }
        throw unsupported();
    }

    private Object parseAs(String name) {
        if (shape instanceof TextShape<?> text) {
            return text.parse(name);
        }
        if (shape instanceof EnumShape constants) {
            return constants.constant(name);
        }
        return Numbers.parse(name, type).orElseThrow(this::unsupported);
    }

    private Misfit unsupported() {
        return new Misfit("keys of " + type.getName()
                + " have no text form; use text, numbers, enums, ids or dates as keys, or a list of records");
    }

    private static String wellFormed(String text) {
        if (!Texts.isWellFormed(text)) {
            throw new Misfit("a key with half a surrogate pair");
        }
        return text;
    }

    /** Keys without a text form: found when such a map is written or read, so that the message has a path. */
    private static final class Unkeyed extends Shape {
        Unkeyed(Class<?> type) {
            super(type);
        }

        @Override
        Map<String, Object> schema(Schemas schemas) {
            throw new IllegalStateException("never a value");
        }

        @Override
        void writeValue(Object value, Sink sink) {
            throw new IllegalStateException("never a value");
        }

        @Override
        Object readValue(JsonParser in) {
            throw new IllegalStateException("never a value");
        }
    }
}
