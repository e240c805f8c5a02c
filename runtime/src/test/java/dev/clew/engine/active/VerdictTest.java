package dev.clew.engine.active;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.engine.RuleTable;
import dev.clew.engine.core.Suspension;
import dev.clew.engine.core.Suspension.Reason;
import dev.clew.engine.run.Outcomes;
import dev.clew.task.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How every activation ends, by what its session knows. The table is written by hand; the code is compared with it. */
final class VerdictTest {
    /** "-" is nothing; "why" is whether an error is known of the stop, and of the reason to rest. */
    private static final String RULES = """
            stopped by                            | why | body            | rests because of                | why | verdict
            CANCELLED                             | *   | *               | *                               | *   | cancelled
            UNDO                                  | *   | *               | *                               | *   | undoing
            MISMATCH                              | *   | *               | *                               | *   | blocked by the stop
            STORAGE                               | *   | *               | *                               | *   | stopped by the stop
            SHUTDOWN                              | *   | *               | *                               | *   | given back for SHUTDOWN
            PARKED                                | *   | *               | *                               | *   | given back for PARKED by the stop
            ABANDONED                             | *   | *               | *                               | *   | given back for ABANDONED by the stop
            STEP_LIMIT                            | *   | *               | *                               | *   | given back for STEP_LIMIT by the stop
            CRASHED                               | *   | *               | *                               | *   | given back for CRASHED by the stop

            -                                     | *   | returned        | *                               | *   | completed
            -                                     | *   | threw           | *                               | *   | failed as described

            -                                     | *   | unwound         | STORAGE                         | *   | stopped by the rest
            -                                     | *   | unwound         | CRASHED                         | *   | given back for CRASHED by the rest
            -                                     | *   | unwound         | MISMATCH                        | yes | blocked by the rest
            -                                     | *   | unwound         | STEP_LIMIT                      | yes | failed by the rest
            -                                     | *   | unwound         | MISMATCH/STEP_LIMIT             | no  | paused
            -                                     | *   | unwound         | UNDO                            | *   | undoing
            -                                     | *   | unwound         | -/PARKED/SHUTDOWN/ABANDONED/CANCELLED | * | paused
            """;

    private static final Throwable STOP = new IllegalStateException("stop");
    private static final Throwable REST = new IllegalStateException("rest");
    private static final Throwable THROWN = new IllegalStateException("thrown");
    private static final Failure FAILURE = new Failure(List.of("thrown"), null, "", 1, null);

    private record Case(
            @Nullable Reason stop,
            boolean whyStopped,
            String body,
            @Nullable Reason rest,
            boolean whyRests) {
        List<String> cells() {
            return List.of(name(stop), yes(whyStopped), body, name(rest), yes(whyRests));
        }

        private static String name(@Nullable Reason reason) {
            return reason == null ? "-" : reason.name();
        }

        private static String yes(boolean is) {
            return is ? "yes" : "no";
        }

        Verdict.Known known() {
            Outcomes.RootEnd end = switch (body) {
                case "returned" -> new Outcomes.RootEnd("value", null, null);
                case "threw" -> new Outcomes.RootEnd(null, THROWN, FAILURE);
                default -> null;
            };
            return new Verdict.Known(
                    stop == null ? null : new Suspension(stop, whyStopped ? STOP : null),
                    end,
                    rest,
                    whyRests ? REST : null);
        }

        /** The verdict in words; an error that is missing because it was not known is as good as one that was. */
        String verdict() {
            Verdict verdict = Verdict.of(known());
            if (verdict instanceof Verdict.Completed completed) {
                assertThat(completed.value()).isEqualTo("value");
                return "completed";
            } else if (verdict instanceof Verdict.Failed failed) {
                boolean described = failed.failure() == FAILURE && failed.thrown() == THROWN;
                return described ? "failed as described" : "failed" + by(failed.thrown());
            } else if (verdict instanceof Verdict.Blocked blocked) {
                return "blocked" + by(blocked.why());
            } else if (verdict instanceof Verdict.Stopped stopped) {
                return "stopped" + by(stopped.why());
            } else if (verdict instanceof Verdict.GivenBack back) {
                return "given back for " + back.reason() + (back.reason() == Reason.SHUTDOWN ? "" : by(back.why()));
            }
            return verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }

        private String by(@Nullable Throwable why) {
            if (stop != null) {
                assertThat(why).isSameAs(whyStopped ? STOP : null);
                return " by the stop";
            }
            assertThat(why).isSameAs(whyRests ? REST : null);
            return " by the rest";
        }
    }

    private static List<Case> all() {
        List<Case> all = new ArrayList<>();
        List<Boolean> booleans = List.of(true, false);
        for (Reason stop : orNone()) {
            for (Reason rest : orNone()) {
                for (String body : List.of("returned", "threw", "unwound")) {
                    for (boolean whyStopped : booleans) {
                        for (boolean whyRests : booleans) {
                            all.add(new Case(stop, whyStopped, body, rest, whyRests));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static List<@Nullable Reason> orNone() {
        List<@Nullable Reason> all = new ArrayList<>(Arrays.asList(Reason.values()));
        all.add(null);
        return all;
    }

    @Test
    void everyEndHasTheVerdictOfItsOneRule() {
        List<Case> all = all();

        RuleTable.of(RULES).assertHolds(all, Case::cells, Case::verdict);

        assertThat(all).hasSize(10 * 10 * 3 * 2 * 2);
    }
}
