package dev.clew.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.task.Failure;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stored form of failures, with stack traces and as earlier releases wrote it. */
final class FailureFormatTest {
    /** {@code new Failure(List.of("a.B"), "m", "p", 2, new Failure(List.of("c.D"), null, "p", 2, null))}. */
    private static final String FORMER =
            "0000000100000003612e4201000000016d0000000170000000020100000001" + "00000003632e440000000001700000000200";

    @Test
    void aFailureOfAnEarlierReleaseIsReadWithoutStackTraces() {
        Failure expected = new Failure(List.of("a.B"), "m", "p", 2, new Failure(List.of("c.D"), null, "p", 2, null));
        byte[] former = HexFormat.of().parseHex(FORMER);

        assertThat(FailureFormat.read(former)).isEqualTo(expected);
        assertThat(FailureFormat.read(former).stackTrace()).isEmpty();
        assertThat(FailureFormat.write(expected)).isEqualTo(former);
    }

    @Test
    void stackTracesOfAFailureAndItsCausesComeBack() {
        Failure failure =
                Failure.of(new IllegalStateException("outer", deep(5, new RuntimeException("inner"))), "p", 1);

        Failure copy = FailureFormat.read(FailureFormat.write(failure));

        assertThat(copy).isEqualTo(failure);
        assertThat(copy.stackTrace().get(0)).contains("stackTracesOfAFailureAndItsCausesComeBack");
        assertThat(copy.cause().cause().stackTrace()).isNotEmpty();
    }

    @Test
    void aCauseWithoutFramesKeepsItsPlace() {
        Failure inner = new Failure(List.of("c.D"), null, "p", 1, null, List.of("x.y(Z.java:1)"));
        Failure middle = new Failure(List.of("b.C"), null, "p", 1, inner);
        Failure outer = new Failure(List.of("a.B"), null, "p", 1, middle, List.of("p.q(R.java:2)", "s.t(U.java:3)"));

        assertThat(FailureFormat.read(FailureFormat.write(outer))).isEqualTo(outer);
    }

    @Test
    void aStackTraceIsBoundedAndSmall() {
        Throwable thrown = recursion(500);
        Failure failure = Failure.of(thrown, "p", 1);

        assertThat(failure.stackTrace()).hasSize(50);
        assertThat(FailureFormat.write(failure).length)
                .isLessThan(FailureFormat.write(failure.withoutStackTrace()).length + 1_000);
        assertThat(failure.withoutStackTrace().stackTrace()).isEmpty();
        assertThat(failure.toString()).doesNotContain("FailureFormatTest.java");
    }

    @Test
    void damagedStackTracesAreReported() {
        byte[] bytes = FailureFormat.write(Failure.of(new RuntimeException("x"), "p", 1));

        for (int cut = 1; cut < 30; cut++) {
            byte[] damaged = Arrays.copyOf(bytes, bytes.length - cut);
            assertThatThrownBy(() -> FailureFormat.read(damaged)).isInstanceOf(CheckpointException.class);
        }
    }

    private static Throwable deep(int depth, Throwable cause) {
        return depth == 0 ? cause : new IllegalArgumentException("level " + depth, deep(depth - 1, cause));
    }

    private static Throwable recursion(int depth) {
        return depth == 0 ? new RuntimeException("deep") : recursion(depth - 1);
    }
}
