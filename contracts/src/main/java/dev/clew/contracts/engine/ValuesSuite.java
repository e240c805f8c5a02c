package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.spi.TaskSpec;
import dev.clew.task.TaskFailedException;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a join gives is the same live and on replay, and nobody's later change can reach it. */
@Timeout(20)
public abstract class ValuesSuite extends TaskSuite {
    public sealed interface Shape permits Circle, Square {}

    public record Circle(double radius) implements Shape {}

    public record Square(long side, Optional<String> label) implements Shape {}

    public record Pair<A, B>(A left, B right) {}

    public enum Size {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "x-large";
            }
        }
    }

    private record Case(TypeRef<?> type, Object value) {}

    private static Case of(TypeRef<?> type, Object value) {
        return new Case(type, value);
    }

    private static final List<Case> SHAPES = List.of(
            of(TypeRef.of(String.class), "text \u0000 \ud83d\ude00"),
            of(TypeRef.of(String.class), null),
            of(TypeRef.of(Long.class), Long.MAX_VALUE),
            of(TypeRef.of(long.class), (1L << 53) + 1),
            of(TypeRef.of(double.class), Double.NaN),
            of(TypeRef.of(Double.class), Double.NEGATIVE_INFINITY),
            of(TypeRef.of(double.class), -0.0),
            of(TypeRef.of(float.class), 0.1f),
            of(TypeRef.of(char.class), 'x'),
            of(TypeRef.of(boolean.class), false),
            of(TypeRef.of(byte[].class), new byte[] {1, -2, 3}),
            of(TypeRef.of(int[].class), new int[] {1, 2}),
            of(TypeRef.of(Size.class), Size.LARGE),
            of(TypeRef.of(BigDecimal.class), new BigDecimal("1.500")),
            of(TypeRef.of(BigInteger.class), BigInteger.TWO.pow(200)),
            of(TypeRef.of(UUID.class), new UUID(1, 2)),
            of(TypeRef.of(Instant.class), Instant.parse("2024-01-01T00:00:00.123456789Z")),
            of(TypeRef.of(LocalDate.class), LocalDate.of(2024, 2, 29)),
            of(TypeRef.of(Duration.class), Duration.ofNanos(1)),
            of(TypeRef.of(ZonedDateTime.class), ZonedDateTime.parse("2024-06-01T10:00:00+02:00[Europe/Paris]")),
            of(TypeRef.of(DayOfWeek.class), DayOfWeek.FRIDAY),
            of(TypeRef.of(Shape.class), new Circle(1.5)),
            of(new TypeRef<List<Shape>>() {}, List.of(new Square(Long.MIN_VALUE, Optional.empty()), new Circle(0))),
            of(new TypeRef<Pair<String, List<Integer>>>() {}, new Pair<>(null, Arrays.asList(1, null, 3))),
            of(new TypeRef<Optional<Pair<Size, Size>>>() {}, Optional.of(new Pair<>(Size.SMALL, null))),
            of(new TypeRef<Map<Integer, List<String>>>() {}, Map.of(1, List.of("a"), 2, List.of())),
            of(new TypeRef<Map<LocalDate, Size>>() {}, Map.of(LocalDate.EPOCH, Size.SMALL)),
            of(new TypeRef<Set<Long>>() {}, Set.of(1L, 1L << 60)),
            of(new TypeRef<List<Optional<String>>>() {}, List.of(Optional.of(""), Optional.empty())));

    private static TaskSpec<Object> task(Case shape, List<Object> seen) {
        @SuppressWarnings("unchecked")
        TypeRef<Object> type = (TypeRef<Object>) shape.type();
        return TaskSpec.of("shape", type).parameter("value", type).leaf(call -> {
            seen.add(call.arg(0));
            return shape.value();
        });
    }

    @Tag("B029")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void everyShapeIsTheSameLiveAndOnReplay(Durability durability) throws Exception {
        List<Object> arguments = new ArrayList<>();
        List<Object> joined = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            for (Case shape : SHAPES) {
                joined.add(
                        calls.raw().call(task(shape, arguments), shape.value()).join());
            }
            return pause(run);
        });

        lab.workflow().invoke("in", T);
        resume(lab);

        int n = SHAPES.size();
        assertThat(arguments).hasSize(n);
        assertThat(joined).hasSize(2 * n);
        for (int i = 0; i < n; i++) {
            Object expected = SHAPES.get(i).value();
            assertThat(arguments.get(i)).as("argument").matches(a -> Objects.deepEquals(a, expected));
            assertThat(joined.get(i)).as("%s live", SHAPES.get(i).type()).matches(a -> Objects.deepEquals(a, expected));
            assertThat(joined.get(n + i)).as("replayed").matches(a -> Objects.deepEquals(a, expected));
            assertThat(joined.get(n + i) == null ? null : joined.get(n + i).getClass())
                    .isEqualTo(joined.get(i) == null ? null : joined.get(i).getClass());
        }
    }

    private static final TypeRef<List<String>> TEXTS = new TypeRef<>() {};

    @Tag("B030")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void changesToAnArgumentReachNeitherTheCallerNorTheNextAttempt(Durability durability) throws Exception {
        List<List<String>> seen = new ArrayList<>();
        TaskSpec<String> greedy = TaskSpec.of("greedy", TypeRef.of(String.class))
                .parameter("list", TEXTS)
                .retry(attempts(2).build())
                .leaf(call -> {
                    List<String> mine = call.arg(0);
                    seen.add(List.copyOf(mine));
                    mine.add("taken");
                    if (seen.size() == 1) {
                        throw new IOException();
                    }
                    return "";
                });
        Lab lab = lab(durability).body((input, calls, run) -> {
            List<String> list = new ArrayList<>(List.of("a"));
            var future = calls.raw().call(greedy, list);
            list.add("too late");
            future.join();
            return list + pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(seen).containsExactly(List.of("a"), List.of("a"));
        assertThat(resume(lab)).isEqualTo("[a, too late]on");
    }

    @Tag("B029")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void changesToAResultDoNotReachWhoJoined(Durability durability) throws Exception {
        List<String> kept = new ArrayList<>(List.of("a"));
        TaskSpec<List<String>> leaks = TaskSpec.of("leaks", TEXTS).leaf(call -> kept);
        Lab lab = lab(durability).body((input, calls, run) -> {
            List<String> got = calls.raw().call(leaks).join();
            kept.add("later");
            return got + pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).isEqualTo("[a]on");
    }

    public record Holder(List<Object> items) {}

    @Tag("B005")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aResultWithoutStoredFormFailsItsOwnTaskWithThePlace(Durability durability) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        TaskSpec<Holder> bad = TaskSpec.of("bad", TypeRef.of(Holder.class))
                .retry(attempts(3).retryIf(e -> true).build())
                .leaf(call -> {
                    ran.incrementAndGet();
                    return new Holder(List.of("fine", InputStream.nullInputStream()));
                });
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFailedException failed = (TaskFailedException)
                    catchThrowable(() -> calls.raw().call(bad).join());
            String fine = calls.task("fine", input, s -> s).join();
            return failed.failure().is(CodecException.class) + failed.failure().message() + fine + pause(run);
        });

        lab.workflow().invoke("in", T);
        String value = resume(lab);

        assertThat(value).startsWith("true").contains("items").contains("[1]").endsWith("inon");
        assertThat(ran.get()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anArgumentWithoutStoredFormFailsTheCallAndTakesNoIdentity(Durability durability) throws Exception {
        TaskSpec<String> takes = TaskSpec.of("takes", TypeRef.of(String.class))
                .parameter("holder", TypeRef.of(Holder.class))
                .leaf(call -> "ran");
        Lab lab = lab(durability).body((input, calls, run) -> {
            Throwable refused =
                    catchThrowable(() -> calls.raw().call(takes, new Holder(List.of(InputStream.nullInputStream()))));
            String fine = calls.raw().call(takes, new Holder(List.of("x"))).join();
            return refused.getClass().getSimpleName() + fine + pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(paths(lab)).containsExactly("task:takes#1", "ask:go#1");
        assertThat(resume(lab)).isEqualTo("CodecExceptionranon");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void argumentsAreComparedByMeaningNotByOrder(Durability durability) throws Exception {
        TaskSpec<String> takes = TaskSpec.of("takes", TypeRef.of(String.class))
                .parameter("map", new TypeRef<Map<String, Integer>>() {})
                .leaf(call -> "ran");
        AtomicInteger turn = new AtomicInteger();
        Lab lab = lab(durability).body((input, calls, run) -> {
            Map<String, Integer> map = new LinkedHashMap<>();
            map.put(turn.get() == 0 ? "a" : "b", turn.get() == 0 ? 1 : 2);
            map.put(turn.get() == 0 ? "b" : "a", turn.getAndIncrement() == 0 ? 2 : 1);
            return calls.raw().call(takes, map).join() + pause(run);
        });

        lab.workflow().invoke("in", T);

        assertThat(resume(lab)).isEqualTo("ranon");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void withoutACheckpointerNothingIsCopied(Durability durability) {
        Object marker = new Object();
        TaskSpec<Object> same = TaskSpec.of("same", TypeRef.of(Object.class))
                .parameter("any", TypeRef.of(Object.class))
                .leaf(call -> call.arg(0));
        Lab lab = unstored()
                .body((input, calls, run) ->
                        "" + (calls.raw().call(same, marker).join() == marker));

        assertThat(lab.workflow().invoke("in", T).value()).isEqualTo("true");
    }
}
