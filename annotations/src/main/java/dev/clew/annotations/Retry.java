package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Predicate;

/**
 * Says which failures are tried again, how often, and after what delay; used inside {@link Task @Task} and
 * {@link Entrypoint @Entrypoint}.
 *
 * <pre>{@code
 * public class WeatherFlow {
 *     public static final class Throttled implements Predicate<Throwable> {
 *         @Override
 *         public boolean test(Throwable failure) {
 *             return failure instanceof HttpException http && http.status() == 429;
 *         }
 *     }
 *
 *     @Task(retry = {
 *         @Retry(retryIf = Throttled.class, maxAttempts = 10, initialInterval = "PT5S", maxInterval = "PT5M"),
 *         @Retry(retryOn = {IOException.class, TimeoutException.class})
 *     })
 *     Forecast forecast(String city) throws IOException {
 *         return weather.forecast(city);
 *     }
 * }
 * }</pre>
 *
 * <p><strong>Delay.</strong> Before the {@code k}-th retry: the smaller of {@link #maxInterval} and
 * {@link #initialInterval} times {@link #backoff} to the power {@code k - 1}; with {@link #jitter}, between zero and one
 * second more. The delay is durable: after a crash the next attempt is due when it would have been.
 *
 * <p><strong>What is retried by default</strong>, that is, with neither {@link #retryOn} nor {@link #retryIf}:
 *
 * <table>
 *   <caption>Failures and the default</caption>
 *   <thead>
 *     <tr><th scope="col">failure</th><th scope="col">retried</th></tr>
 *   </thead>
 *   <tbody>
 *     <tr><td>{@code IOException}, and every other checked exception</td><td>yes</td></tr>
 *     <tr><td>an attempt that ran into its timeout, {@code TimeoutException}</td><td>yes</td></tr>
 *     <tr><td>an unchecked exception that is not the programmer's mistake</td><td>yes</td></tr>
 *     <tr><td>{@code NullPointerException}, {@code IllegalArgumentException}, {@code IllegalStateException},
 *       {@code ClassCastException}, {@code ArithmeticException}, {@code IndexOutOfBoundsException} and similar
 *       mistakes of the programmer, with their subclasses</td><td>no</td></tr>
 *     <tr><td>a {@code TaskFailedException} of a task below</td><td>as the recorded classes of that failure</td></tr>
 *     <tr><td>any other {@code ClewException}</td><td>no</td></tr>
 *     <tr><td>an {@code Error}</td><td>no</td></tr>
 *   </tbody>
 * </table>
 *
 * <p>Interrupts and other suspensions are no failures and never retried. An attempt that died with its process, without a
 * recorded outcome, does not count.
 */
@Documented
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface Retry {
    /**
     * How many attempts there are in all, the first one included; at least 1.
     *
     * <p>Attempts are counted once across all policies of a method; the policy that accepts a failure compares that count
     * with its own limit. The failure of the last attempt is the outcome.
     *
     * @return the number of attempts, 3 by default
     */
    int maxAttempts() default 3;

    /**
     * The delay before the first retry, as an ISO-8601 duration.
     *
     * @return the first delay, half a second by default
     */
    String initialInterval() default "PT0.5S";

    /**
     * The factor by which the delay grows from one retry to the next; at least 1.
     *
     * @return the factor, 2 by default
     */
    double backoff() default 2.0;

    /**
     * The longest delay, before jitter, as an ISO-8601 duration.
     *
     * @return the longest delay, 128 seconds by default
     */
    String maxInterval() default "PT2M8S";

    /**
     * Whether a random time, uniform between zero and one second, is added to each delay, so that many runs that failed
     * together do not come back together.
     *
     * @return true to add it, the default
     */
    boolean jitter() default true;

    /**
     * The failures to try again: these classes and their subclasses.
     *
     * <p>Default: none named; see the table above, unless {@link #retryIf} decides. The two exclude each other; write a {@code @Retry} for each.
     *
     * @return the classes of failures to try again
     */
    Class<? extends Throwable>[] retryOn() default {};

    /**
     * A predicate that accepts the failures to try again; at most one, with a public no-argument constructor.
     *
     * <p>It sees the failure as it was thrown and must not depend on mutable state.
     *
     * <p>Default: none; see the table above, unless {@link #retryOn} decides. The two exclude each other; write a {@code @Retry} for each.
     *
     * @return the class of the predicate, or nothing
     */
    Class<? extends Predicate<Throwable>>[] retryIf() default {};
}
