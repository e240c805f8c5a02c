package dev.clew.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a {@code Map} component of a {@link State @State} take up the entries that are written to it; of two with one key the
 * later wins.
 *
 * <pre>{@code
 * @State
 * public record Survey(@Merge Map<String, Integer> votes) {}
 *
 * update().votes(Map.of("yes", 3))
 * }</pre>
 *
 * <p>It starts empty. {@code replaceVotes(Map)} replaces all of it.
 */
@Documented
@Reduce(Merge.ToMap.class)
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.CLASS)
public @interface Merge {
    /**
     * Puts the entries of one map into another; keys keep the order in which they came first.
     *
     * <pre>{@code
     * new Merge.ToMap<String, Integer>().apply(Map.of("a", 1), Map.of("a", 2)); // {a=2}
     * }</pre>
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     */
    final class ToMap<K, V> implements Reducer<Map<K, V>, Map<K, V>> {
        /** The reducer. */
        public ToMap() {}

        @Override
        public Map<K, V> identity() {
            return Map.of();
        }

        @Override
        public Map<K, V> apply(Map<K, V> current, Map<K, V> update) {
            Map<K, V> all = new LinkedHashMap<>(current);
            all.putAll(update);
            return Collections.unmodifiableMap(all);
        }
    }
}
