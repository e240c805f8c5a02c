package dev.clew.json.shape;

import dev.clew.json.form.Misfit;
import dev.clew.json.form.Shape;
import dev.clew.json.form.Shapes;
import dev.clew.json.form.Texts;
import dev.clew.json.shape.ScalarShape.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * How the keys of a map become names of members and keys again.
 *
 * @param type the declared class
 * @param base the class of the keys that are written
 * @param text null if such keys have no text form, which is said when a map is written or read, so that there is a path
 */
record KeyForm(Class<?> type, Class<?> base, @Nullable Text<Object> text) {
    /** The form of keys of a declared type; of no declared type, keys must be texts. */
    @SuppressWarnings("unchecked") // keys are checked to be of the base
    static KeyForm of(JavaType type, Shapes shapes) {
        Class<?> raw = type.getRawClass();
        boolean open = raw == Object.class || raw == Comparable.class || raw == CharSequence.class;
        Class<?> declared = open ? String.class : raw;
        ScalarShape<?> scalar = Scalars.scalar(declared);
        if (scalar != null) {
            return new KeyForm(declared, scalar.type(), (Text<Object>) scalar.key());
        }
        Shape shape = declared.isEnum() ? shapes.of(type) : null;
        return new KeyForm(declared, declared, shape instanceof EnumShape constants ? constants.key() : null);
    }

    /** Requires that the keys have a text form. */
    void check() {
        form();
    }

    String format(@Nullable Object key) {
        if (key == null) {
            throw new Misfit("a null key");
        }
        if (!base.isInstance(key)) {
            throw new Misfit("a key of " + key.getClass().getName() + " where keys are declared as " + type.getName()
                    + ", or not declared");
        }
        String name = form().format().apply(key);
        if (!Texts.isWellFormed(name)) {
            throw new Misfit("a key with half a surrogate pair");
        }
        return name;
    }

    Object parse(String name) {
        return form().parse().apply(name);
    }

    private Text<Object> form() {
        if (text == null) {
            throw new Misfit("keys of " + type.getName()
                    + " have no text form; use text, numbers, enums, ids or dates as keys, or a list of records");
        }
        return text;
    }
}
