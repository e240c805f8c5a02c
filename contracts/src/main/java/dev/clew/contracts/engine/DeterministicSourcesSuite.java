package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Time and chance repeat themselves, and cost no entry. */
@Tag("B056")
@Timeout(20)
public abstract class DeterministicSourcesSuite extends TaskSuite {
    @ParameterizedTest
    @EnumSource(Durability.class)
    void timeAndChanceAreTheSameOnReplayAndLeaveNoEntry(Durability durability) throws Exception {
        List<Object> seen = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            seen.add(List.of(
                    run.now(),
                    run.randomUuid(),
                    run.random().nextLong(),
                    run.random().nextInt(1000)));
            calls.task("a", input, s -> s).join();
            seen.add(List.of(run.now(), run.randomUuid(), run.random().nextGaussian()));
            calls.scope("s", input, (s, c, r) -> {
                        seen.add(List.of(r.now(), r.randomUuid()));
                        return s;
                    })
                    .join();
            String answer = pause(run);
            seen.add(run.now());
            return answer;
        });

        lab.workflow().invoke("in", T);
        int entries = log(lab).size();
        resume(lab);

        assertThat(seen.subList(3, 5)).isEqualTo(seen.subList(0, 2));
        assertThat(seen).hasSize(6);
        assertThat(entries).isEqualTo(5);
        assertThat(new HashSet<>(seen.subList(0, 3))).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aNewAttemptSeesTheSameNumbers(Durability durability) throws Exception {
        List<UUID> seen = new ArrayList<>();
        Lab lab = lab(durability).body(w -> w.retry(attempts(2).build()), (input, calls, run) -> {
            seen.add(run.randomUuid());
            if (run.attempt() == 1) {
                throw new IOException();
            }
            return input;
        });

        lab.workflow().invoke("in", T);

        assertThat(seen).hasSize(2);
        assertThat(seen.get(1)).isEqualTo(seen.get(0));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void scopesAndRunsDrawIndependentNumbers(Durability durability) throws Exception {
        List<Double> first = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        Lab lab = lab(durability).body((input, calls, run) -> {
            for (int i = 0; i < 40; i++) {
                calls.scope("s", "" + i, (s, c, r) -> {
                            first.add(r.random().nextDouble());
                            ids.add(r.randomUuid());
                            ids.add(r.randomUuid());
                            return s;
                        })
                        .join();
            }
            return input;
        });

        lab.workflow().invoke("one", T);
        lab.workflow().invoke("two", T);

        assertThat(new HashSet<>(ids)).hasSize(160).allMatch(id -> id.version() == 4 && id.variant() == 2);
        assertThat(first.subList(0, 40).stream().filter(d -> d < 0.5).count()).isBetween(6L, 34L);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void timeMovesWithWhatTheScopeObserves(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            var before = run.now();
            calls.task("a", input, s -> s).join();
            var after = run.now();
            run.sleep(Duration.ofMillis(5));
            return before.isAfter(after) + " "
                    + Duration.between(after, run.now()).toMillis();
        });

        String value = lab.workflow().invoke("in", T).value();

        assertThat(value).startsWith("false ");
        assertThat(Integer.parseInt(value.substring(6))).isGreaterThanOrEqualTo(5);
    }
}
