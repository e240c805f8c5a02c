package dev.clew.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.engine.format.Values;
import dev.clew.json.JsonCodec;
import dev.clew.spi.TaskSpec;
import dev.clew.task.CachePolicy;
import dev.clew.value.TypeRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls share a cached result. */
@Tag("B242")
final class CacheKeysTest {
    private static final CachePolicy POLICY = CachePolicy.of("1");

    private final CacheKeys keys = new CacheKeys(JsonCodec.standard());

    record Query(String text, int limit) {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("B243")
    void argumentsThatDifferHaveDifferentKeys(boolean encoding) {
        List<Object[]> calls = List.of(
                new Object[] {"ab", "c"},
                new Object[] {"a", "bc"},
                new Object[] {"", "abc"},
                new Object[] {null, "abc"},
                new Object[] {"null", "abc"},
                new Object[] {"abc", null},
                new Object[] {"abc", ""},
                new Object[] {"abc\u0000", ""},
                new Object[] {"\",\"", ""});

        assertThat(calls.stream().map(args -> key(encoding, String.class, String.class, args)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("B243")
    void bytesThatDifferHaveDifferentKeys(boolean encoding) {
        List<Object> values = List.of(
                new byte[] {},
                new byte[] {0},
                new byte[] {0, 0},
                new byte[] {-1},
                new byte[] {127},
                "AA==".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(values.stream().map(value -> key(encoding, byte[].class, value)))
                .doesNotHaveDuplicates();
        assertThat(key(encoding, byte[].class, new byte[] {1, 2}))
                .isEqualTo(key(encoding, byte[].class, new byte[] {1, 2}));
    }

    /** Replay overlooks a new field with a default; the cache must not. */
    @Test
    void emptyMembersOfRecordsCount() {
        assertThat(key(true, Query.class, new Query("a", 0))).isNotEqualTo(key(true, Query.class, new Query("a", 1)));
        assertThat(key(true, Query.class, new Query(null, 0))).isNotEqualTo(key(true, Query.class, new Query("", 0)));
    }

    @Test
    void sameCallHasTheSameKeyWithAndWithoutACheckpointer() {
        assertThat(key(true, Query.class, new Query("a", 1))).isEqualTo(key(false, Query.class, new Query("a", 1)));
    }

    @Test
    @Tag("B243")
    void bytesChosenByAKeyMethodAreNotTheTextTheyAreEncodedAs() {
        assertThat(Arrays.asList(
                        chosen(new byte[] {0}), chosen("AA=="), chosen(null), chosen("null"), chosen(1), chosen("1")))
                .doesNotHaveDuplicates();
        assertThat(chosen(List.of("a", 1))).isEqualTo(chosen(Arrays.asList("a", 1)));
        assertThat(chosen(Map.of("a", 1))).isNotEqualTo(chosen(List.of("a", 1)));
    }

    @Test
    void keyMethodsValueIsNotMistakenForArguments() {
        TaskSpec<String> all = spec(String.class).leaf(call -> "");
        TaskSpec<String> some = spec(String.class).cacheKey(args -> args[0]).leaf(call -> "");

        assertThat(key(true, all, "a")).isNotEqualTo(key(true, some, "a"));
    }

    private String chosen(Object value) {
        return key(true, spec(String.class).cacheKey(args -> value).leaf(call -> ""), "a");
    }

    private String key(boolean encoding, Class<?> type, Object value) {
        return key(encoding, spec(type).leaf(call -> ""), value);
    }

    private String key(boolean encoding, Class<?> first, Class<?> second, Object... values) {
        return key(encoding, spec(first, second).leaf(call -> ""), values);
    }

    private String key(boolean encoding, TaskSpec<?> spec, Object... values) {
        Values.Arguments arguments = new Values(JsonCodec.standard(), encoding, true).arguments(spec, values);
        return keys.of(spec, POLICY, arguments, null).arguments();
    }

    private static TaskSpec.Builder<String> spec(Class<?>... types) {
        TaskSpec.Builder<String> spec =
                TaskSpec.of("task", TypeRef.of(String.class)).method("Lab", "task()");
        for (Class<?> type : types) {
            spec.parameter("p", TypeRef.of(type));
        }
        return spec;
    }
}
