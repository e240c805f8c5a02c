package dev.clew.task;

import dev.clew.model.ModelException;
import dev.clew.value.ClewException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What is retried by default, and why.
 *
 * <table>
 * <caption>Java's own table</caption>
 * <tr><th>failure</th><th>retried</th><th>because</th></tr>
 * <tr><td>{@link IOException} and subclasses</td><td>yes</td><td>the network and disks recover</td></tr>
 * <tr><td>{@link TimeoutException}, {@link TaskTimeoutException}</td><td>yes</td><td>slowness passes</td></tr>
 * <tr><td>null pointer, illegal argument or state, class cast, arithmetic, index, negative array size, array store,
 * unsupported operation, no such element, concurrent modification, security</td><td>no</td><td>the program is wrong; it
 * will be wrong again</td></tr>
 * <tr><td>every other {@link ClewException}</td><td>no</td><td>it tells of misuse or of stored state</td></tr>
 * <tr><td>{@link ModelException.Permanent}</td><td>no</td><td>the model would say the same again; a
 * {@link ModelException.Temporary} is retried, not before its {@code retryAfter}</td></tr>
 * <tr><td>{@link InterruptedException}</td><td>no</td><td>somebody wants the work to stop</td></tr>
 * <tr><td>any {@link Error}</td><td>no</td><td>the process is not well</td></tr>
 * <tr><td>any other exception</td><td>yes</td><td>unknown failures are mostly of the outside world</td></tr>
 * </table>
 *
 * <p>A {@link TaskFailedException} is judged by the classes recorded in it.
 *
 * <pre>{@code
 * RetryPolicy.builder().retryIf(e -> RetryDefaults.retried(e) || e instanceof IllegalStateException)
 * }</pre>
 */
public final class RetryDefaults {
    private static final List<Class<? extends Throwable>> YES =
            List.of(IOException.class, TimeoutException.class, TaskTimeoutException.class);

    private static final List<Class<? extends Throwable>> NO = List.of(
            Error.class,
            ClewException.class,
            ModelException.Permanent.class,
            InterruptedException.class,
            NullPointerException.class,
            IllegalArgumentException.class,
            IllegalStateException.class,
            ClassCastException.class,
            ArithmeticException.class,
            IndexOutOfBoundsException.class,
            NegativeArraySizeException.class,
            ArrayStoreException.class,
            UnsupportedOperationException.class,
            java.util.NoSuchElementException.class,
            java.util.ConcurrentModificationException.class,
            SecurityException.class);

    private RetryDefaults() {}

    /** Whether the table says that such a failure is tried again. */
    public static boolean retried(Throwable thrown) {
        if (thrown instanceof TaskFailedException failed) {
            Failure failure = failed.failure();
            return isAny(YES, failure) || !isAny(NO, failure);
        }
        return YES.stream().anyMatch(t -> t.isInstance(thrown)) || NO.stream().noneMatch(t -> t.isInstance(thrown));
    }

    private static boolean isAny(List<Class<? extends Throwable>> types, Failure failure) {
        return types.stream().anyMatch(failure::is);
    }
}
