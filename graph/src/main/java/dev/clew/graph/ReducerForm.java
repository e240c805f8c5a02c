package dev.clew.graph;

import dev.clew.graph.fold.Channel;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reducer as a text that is the same in every process: its class, and what it was made with, such as how many elements it
 * keeps. Two reducers of one text fold alike.
 *
 * <p>What a reducer was made with is what its {@code toString} says; if it has none of its own, the numbers, texts, enums and
 * classes in its fields, as far as its module lets them be read.
 */
final class ReducerForm {
    private ReducerForm() {}

    /** The text; empty if a component has no reducer. */
    static String of(Channel channel) {
        Object reducer = channel.reducer();
        if (reducer == null) {
            return "";
        }
        String type = reducer.getClass().getName();
        if (reducer instanceof Enum<?>) {
            return type;
        }
        String made = saysWhatItIs(reducer) ? reducer.toString() : String.join(", ", fields(reducer));
        return made.isEmpty() ? type : type + " " + made;
    }

    private static boolean saysWhatItIs(Object reducer) {
        try {
            return reducer.getClass().getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("every class has toString", impossible);
        }
    }

    private static List<String> fields(Object reducer) {
        List<String> texts = new ArrayList<>();
        for (Class<?> part = reducer.getClass(); part != Object.class; part = part.getSuperclass()) {
            for (Field field : part.getDeclaredFields()) {
                String text = Modifier.isStatic(field.getModifiers()) ? null : text(field, reducer);
                if (text != null) {
                    texts.add(field.getName() + "=" + text);
                }
            }
        }
        return texts;
    }

    private static @Nullable String text(Field field, Object reducer) {
        if (!field.trySetAccessible()) {
            return null;
        }
        try {
            Object value = field.get(reducer);
            if (value instanceof Enum<?> constant) {
                return constant.name();
            }
            if (value instanceof Class<?> type) {
                return type.getName();
            }
            boolean isPlain = value instanceof Number || value instanceof String || value instanceof Boolean;
            return isPlain || value instanceof Character ? value.toString() : null;
        } catch (IllegalAccessException closed) {
            return null;
        }
    }
}
