package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps the results of a task for other runs and other threads; used inside {@link Task @Task}.
 *
 * <p>With a task cache given to the graph's builder, a call whose key is found there does not execute the task; the result
 * is recorded in the run's log as a success, marked as cached. Without a task cache the annotation has no effect.
 *
 * <pre>{@code
 * public class SearchFlow {
 *     public record Query(String text, String traceId) {}
 *
 *     @Task(cache = @Cached(ttl = "PT1H", version = "2", key = "searchKey"))
 *     List<String> search(Query query, int limit) {
 *         return index.search(query.text(), limit);
 *     }
 *
 *     static List<Object> searchKey(Query query, int limit) {
 *         return List.of(query.text(), limit);
 *     }
 * }
 * }</pre>
 *
 * <p><strong>Key.</strong> The declaring class, the signature of the task, {@link #version}, and the encoded arguments or
 * what {@link #key} made of them. Concurrent calls of a leaf with one key share one execution within a graph; a scope's
 * leaves do, but the scope itself runs once per call.
 *
 * <p><strong>What is never cached:</strong> a failure, and an execution that took somebody's answer to an interrupt. The
 * log of a run wins over the cache: what a run has recorded is replayed, whatever the cache says now.
 */
@Documented
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface Cached {
    /**
     * How long a result is kept, counted from when it was stored, as an ISO-8601 duration such as {@code "PT1H"}. Being
     * read does not prolong it.
     *
     * @return the time to live, or empty (the default) for ever
     */
    String ttl() default "";

    /**
     * The version of what the task computes; change it to leave all earlier results behind.
     *
     * @return the version, {@code "1"} by default
     */
    String version() default "1";

    /**
     * The name of a static method of the same class that takes the task's business parameters, in their order, and returns
     * the value that stands for them in the key. It must be deterministic, and the codec must be able to encode what it
     * returns.
     *
     * @return the name of the method, or empty (the default) to use all business arguments
     */
    String key() default "";
}
