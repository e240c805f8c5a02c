package dev.clew.processor.lint;

import java.lang.reflect.Field;
import javax.annotation.processing.ProcessingEnvironment;

/** Finds the compiler's own environment below the one that Gradle shows to incremental processors. */
final class Unwrapped {
    private Unwrapped() {}

    static ProcessingEnvironment of(ProcessingEnvironment shown) {
        ProcessingEnvironment inner = shown;
        for (Class<?> type = shown.getClass(); type != null && inner == shown; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == ProcessingEnvironment.class) {
                    inner = read(field, shown);
                }
            }
        }
        return inner == shown ? shown : of(inner);
    }

    private static ProcessingEnvironment read(Field field, ProcessingEnvironment holder) {
        try {
            field.setAccessible(true);
            return field.get(holder) instanceof ProcessingEnvironment held ? held : holder;
        } catch (ReflectiveOperationException | RuntimeException hidden) {
            return holder; // then there are no trees, and the lint is silent
        }
    }
}
