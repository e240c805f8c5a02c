package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.engine.schema.Schema;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas are compared by what they allow: names of types do not count. */
final class SchemaWideningTest {
    private final Codec codec = JsonCodec.standard();

    record Tree(String label, List<Tree> children, Optional<Kind> kind) {}

    record Bush(String label, List<Bush> children, Optional<Sort> kind) {}

    record TallBush(String label, List<TallBush> children, Optional<Kind> kind, int height) {}

    record Stump(String label) {}

    record Count(int n) {}

    record BigCount(long n) {}

    record MaybeCount(@Nullable Integer n) {}

    enum Kind {
        OAK,
        ELM
    }

    enum Sort {
        OAK,
        ELM,
        ASH
    }

    static final class Old {
        sealed interface Move permits Go, Stop {}

        record Go(int steps) implements Move {}

        record Stop() implements Move {}
    }

    static final class New {
        sealed interface Step permits Go, Stop, Turn {}

        record Go(int steps) implements Step {}

        record Stop() implements Step {}

        record Turn(boolean left) implements Step {}
    }

    private Schema schema(TypeRef<?> type) {
        return Schema.of(type, codec).orElseThrow();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                pair(TypeRef.of(Bush.class), TypeRef.of(Tree.class), true, false),
                pair(TypeRef.of(BigCount.class), TypeRef.of(Count.class), true, false),
                pair(TypeRef.of(MaybeCount.class), TypeRef.of(Count.class), true, false),
                pair(TypeRef.of(New.Step.class), TypeRef.of(Old.Move.class), true, false),
                pair(TypeRef.of(Sort.class), TypeRef.of(Kind.class), true, false),
                pair(TypeRef.of(String.class), TypeRef.of(Kind.class), true, false),
                pair(TypeRef.of(String.class), TypeRef.of(UUID.class), true, false),
                pair(TypeRef.of(UUID.class), TypeRef.of(Instant.class), false, false),
                pair(TypeRef.of(String.class), TypeRef.of(Character.class), true, false),
                pair(TypeRef.of(Long.class), TypeRef.of(int.class), true, false),
                pair(TypeRef.of(int.class), TypeRef.of(Integer.class), true, true),
                pair(TypeRef.of(Double.class), TypeRef.of(Long.class), true, false),
                pair(TypeRef.of(Boolean.class), TypeRef.of(String.class), false, false),
                pair(new TypeRef<@Nullable String>() {}, TypeRef.of(String.class), true, false),
                pair(TypeRef.of(OptionalInt.class), TypeRef.of(Integer.class), true, false),
                pair(new TypeRef<Set<Bush>>() {}, new TypeRef<List<Tree>>() {}, true, false),
                pair(new TypeRef<Map<String, Long>>() {}, new TypeRef<Map<String, Integer>>() {}, true, false),
                pair(new TypeRef<Map<String, Integer>>() {}, TypeRef.of(Count.class), true, false),
                pair(TypeRef.of(Object.class), TypeRef.of(Tree.class), true, false),
                pair(TypeRef.of(Stump.class), TypeRef.of(Tree.class), false, false),
                pair(TypeRef.of(TallBush.class), TypeRef.of(Tree.class), false, false));
    }

    private static Arguments pair(TypeRef<?> now, TypeRef<?> before, boolean wider, boolean back) {
        return Arguments.of(now, before, wider, back);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void tellsWhetherEveryOldValueStillFits(TypeRef<?> now, TypeRef<?> before, boolean wider, boolean back) {
        assertThat(schema(now).takesAllOf(schema(before))).isEqualTo(wider);
        assertThat(schema(before).takesAllOf(schema(now))).isEqualTo(back);
        assertThat(schema(now).takesAllOf(schema(now))).isTrue();
    }

    @Test
    void addedMembersMayBeMissingOnlyIfAskedFor() {
        assertThat(schema(TypeRef.of(TallBush.class)).readsAllOf(schema(TypeRef.of(Tree.class))))
                .isTrue();
        assertThat(schema(TypeRef.of(Tree.class)).readsAllOf(schema(TypeRef.of(TallBush.class))))
                .isFalse();
    }
}
