package dev.clew.task;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The recorded form of a failure: what a workflow sees of it, live and on every replay.
 *
 * <pre>{@code
 * catch (TaskFailedException e) {
 *   if (e.failure().is(IOException.class)) return tasks.fallback(topic).join();
 *   throw e;
 * }
 * }</pre>
 *
 * @param types the names of the thrown class and its superclasses, most specific first; compared, never loaded
 * @param message the exception's message, or null where it had none
 * @param path the path of the step that failed
 * @param attempts how many attempts were made, the first included
 * @param cause the recorded cause, or null
 * @param stackTrace the first frames of its stack trace, as {@link StackTraceElement} writes them, at most 50; empty if the
 *     graph records none, or an earlier release recorded the failure
 */
public record Failure(
        List<String> types,
        @Nullable String message,
        String path,
        int attempts,
        @Nullable Failure cause,
        List<String> stackTrace)
        implements Serializable {
    private static final int MAX_CAUSES = 8;
    private static final int MAX_FRAMES = 50;

    public Failure {
        types = List.copyOf(types);
        stackTrace = List.copyOf(stackTrace);
    }

    /** A failure without a stack trace. */
    public Failure(List<String> types, @Nullable String message, String path, int attempts, @Nullable Failure cause) {
        this(types, message, path, attempts, cause, List.of());
    }

    /** The recorded form of a thrown exception. */
    public static Failure of(Throwable thrown, String path, int attempts) {
        return of(thrown, path, attempts, MAX_CAUSES);
    }

    private static Failure of(Throwable thrown, String path, int attempts, int depth) {
        Throwable cause = told(thrown::getCause);
        Failure recordedCause = cause == null || depth == 0 ? null : of(cause, path, attempts, depth - 1);
        return new Failure(typesOf(thrown), told(thrown::getMessage), path, attempts, recordedCause, framesOf(thrown));
    }

    /** What an exception says of itself; null where its own code fails at that. */
    private static <T> @Nullable T told(Supplier<@Nullable T> asked) {
        try {
            return asked.get();
        } catch (RuntimeException | Error speechless) {
            return null;
        }
    }

    private static List<String> framesOf(Throwable thrown) {
        StackTraceElement[] frames = told(thrown::getStackTrace);
        return frames == null
                ? List.of()
                : Arrays.stream(frames)
                        .limit(MAX_FRAMES)
                        .map(StackTraceElement::toString)
                        .toList();
    }

    private static List<String> typesOf(Throwable thrown) {
        List<String> names = new java.util.ArrayList<>();
        for (Class<?> c = MaskedFailureException.unmasked(thrown).getClass();
                c != null && c != Object.class;
                c = c.getSuperclass()) {
            names.add(c.getName());
        }
        return names;
    }

    /** Whether what was thrown was of this class or a subclass of it, judged by the recorded names. */
    public boolean is(Class<? extends Throwable> type) {
        return types.contains(type.getName());
    }

    /** This failure and its causes without their stack traces. */
    public Failure withoutStackTrace() {
        return new Failure(types, message, path, attempts, cause == null ? null : cause.withoutStackTrace());
    }

    /** All but the stack trace, which is too long for a message. */
    @Override
    public String toString() {
        return "Failure[types=" + types + ", message=" + message + ", path=" + path + ", attempts=" + attempts
                + ", cause=" + cause + "]";
    }

    /** The name of the class that was thrown. */
    public String type() {
        return types.get(0);
    }
}
