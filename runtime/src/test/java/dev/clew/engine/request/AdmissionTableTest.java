package dev.clew.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.engine.RuleTable;
import dev.clew.engine.request.AdmissionFacts.Alarm;
import dev.clew.engine.request.AdmissionFacts.NamedCheckpoint;
import dev.clew.engine.request.AdmissionFacts.NamedRun;
import dev.clew.engine.request.AdmissionFacts.Pause;
import dev.clew.engine.request.AdmissionFacts.SentInput;
import dev.clew.engine.request.AdmissionFacts.Wish;
import dev.clew.state.ThreadStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every request means for every thread. The tables are written by hand; the code is compared with them. */
final class AdmissionTableTest {
    /**
     * Every combination of facts fits exactly one row. The columns are those of {@link AdmissionFacts}; "-" is a thread that
     * never ran.
     */
    private static final String RULES = """
            status                               | request         | run            | checkpoint                            | input  | abandons | alarm      | pause      | workers | plan
            -                                    | INPUT           | *              | NONE                                  | *      | *        | *          | *          | *       | open
            -                                    | INPUT           | *              | UNREAD/NEWEST/COMPLETED/UNFINISHED/ABSENT | * | *        | *          | *          | *       | refuse NEVER_RAN_SO_NO_CHECKPOINT
            -                                    | PROCEED/WAKE    | *              | *                                     | *      | *        | *          | *          | *       | refuse NEVER_RAN
            -                                    | ANSWERS         | *              | *                                     | *      | *        | *          | *          | *       | refuse NOTHING_PENDING
            any                                  | *               | UNREAD         | *                                     | *      | *        | *          | *          | *       | look at RUN

            any                                  | WAKE            | NONE/HERE/REPLACED/ABSENT | *                          | *      | *        | *          | *          | *       | report REPLACED_RUN
            CRASHED/ANSWERED                     | WAKE            | NEWEST         | *                                     | *      | *        | *          | *          | no      | resume left
            CRASHED/ANSWERED                     | WAKE            | NEWEST         | *                                     | *      | *        | *          | *          | yes     | follow
            SLEEPING/INTERRUPTED                 | WAKE            | NEWEST         | *                                     | *      | *        | LATER/DUE  | *          | no      | resume
            SLEEPING/INTERRUPTED                 | WAKE            | NEWEST         | *                                     | *      | *        | LATER/DUE  | *          | yes     | follow
            SLEEPING/INTERRUPTED                 | WAKE            | NEWEST         | *                                     | *      | *        | NONE       | *          | *       | follow
            IDLE/RUNNING/UNDOING/FAILED/BLOCKED/STUCK/CANCELLED/UNDONE | WAKE | NEWEST         | *                                     | *      | *        | *          | *          | *       | follow

            RUNNING/UNDOING/SLEEPING             | INPUT           | NONE/ABSENT    | *                                     | *      | *        | *          | *          | *       | busy
            INTERRUPTED                          | INPUT           | NONE/ABSENT    | *                                     | *      | no       | *          | UNREAD     | *       | look at PAUSE
            INTERRUPTED                          | INPUT           | NONE/ABSENT    | *                                     | *      | no       | *          | QUESTIONS/BOTH | *       | refuse QUESTIONS_PENDING
            INTERRUPTED                          | INPUT           | NONE/ABSENT    | *                                     | *      | no       | *          | BREAKPOINT/EDITED | *       | open
            ANSWERED                             | INPUT           | NONE/ABSENT    | *                                     | *      | no       | *          | *          | *       | refuse ANSWERS_UNUSED
            INTERRUPTED/ANSWERED                 | INPUT           | NONE/ABSENT    | *                                     | *      | yes      | *          | *          | *       | open
            IDLE/FAILED/CRASHED/BLOCKED/STUCK/CANCELLED/UNDONE | INPUT | NONE/ABSENT    | *                                     | *      | *        | *          | *          | *       | open

            any                                  | INPUT           | HERE/NEWEST/REPLACED | *                               | UNREAD | *        | *          | *          | *       | look at INPUT
            any                                  | INPUT           | HERE/NEWEST/REPLACED | *                               | OTHER  | *        | *          | *          | *       | refuse OTHER_INPUT
            any                                  | INPUT           | HERE           | *                                     | SAME   | *        | *          | *          | *       | follow
            any                                  | INPUT           | REPLACED       | *                                     | SAME   | *        | *          | *          | *       | report REPLACED_RUN
            RUNNING/UNDOING/SLEEPING             | INPUT           | NEWEST         | *                                     | SAME   | *        | *          | *          | *       | follow
            CRASHED/ANSWERED                     | INPUT           | NEWEST         | *                                     | SAME   | *        | *          | *          | no      | resume left
            CRASHED/ANSWERED                     | INPUT           | NEWEST         | *                                     | SAME   | *        | *          | *          | yes     | follow
            INTERRUPTED                          | INPUT           | NEWEST         | *                                     | SAME   | *        | DUE        | *          | no      | resume
            INTERRUPTED                          | INPUT           | NEWEST         | *                                     | SAME   | *        | DUE        | *          | yes     | report NEWEST_RUN
            INTERRUPTED                          | INPUT           | NEWEST         | *                                     | SAME   | *        | NONE/LATER | *          | *       | report NEWEST_RUN
            IDLE/FAILED/BLOCKED/STUCK/CANCELLED/UNDONE | INPUT           | NEWEST         | *                                     | SAME   | *        | *          | *          | *       | report NEWEST_RUN

            any                                  | PROCEED/ANSWERS | ABSENT         | *                                     | *      | *        | *          | *          | *       | refuse UNKNOWN_RUN
            any                                  | PROCEED/ANSWERS | REPLACED       | *                                     | *      | *        | *          | *          | *       | refuse REPLACED_RUN
            any                                  | PROCEED/ANSWERS | NONE/HERE/NEWEST | UNREAD                              | *      | *        | *          | *          | *       | look at CHECKPOINT
            any                                  | PROCEED/ANSWERS | NONE/HERE/NEWEST | ABSENT                              | *      | *        | *          | *          | *       | refuse UNKNOWN_CHECKPOINT
            any                                  | PROCEED/ANSWERS | NONE/HERE/NEWEST | UNFINISHED                          | *      | *        | *          | *          | *       | refuse OLD_CHECKPOINT
            any                                  | PROCEED         | NONE/HERE/NEWEST | COMPLETED                           | *      | *        | *          | *          | *       | report CHECKPOINT
            any                                  | ANSWERS         | NONE/HERE/NEWEST | COMPLETED                           | *      | *        | *          | *          | *       | refuse OLD_CHECKPOINT

            RUNNING/UNDOING/SLEEPING             | PROCEED         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | busy
            INTERRUPTED                          | PROCEED         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | UNREAD     | *       | look at PAUSE
            INTERRUPTED                          | PROCEED         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | BREAKPOINT/BOTH/EDITED | *       | resume
            INTERRUPTED                          | PROCEED         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | DUE        | QUESTIONS  | *       | resume
            INTERRUPTED                          | PROCEED         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | NONE/LATER | QUESTIONS  | *       | report NEWEST_RUN
            CRASHED/ANSWERED                     | PROCEED         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | resume left
            FAILED/BLOCKED/STUCK                 | PROCEED         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | resume
            CANCELLED                            | PROCEED         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | refuse CANCELLED
            UNDONE                               | PROCEED         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | refuse UNDONE
            IDLE                                 | PROCEED         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | report VALUE

            RUNNING/UNDOING                      | ANSWERS         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | give answers
            SLEEPING                             | ANSWERS         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | resume with answers, patiently
            INTERRUPTED                          | ANSWERS         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | resume with answers
            CRASHED/ANSWERED                     | ANSWERS         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | resume left with answers
            FAILED/BLOCKED/STUCK/CANCELLED/UNDONE/IDLE | ANSWERS         | NONE/HERE/NEWEST | NONE/NEWEST                         | *      | *        | *          | *          | *       | refuse NOTHING_PENDING
            """;

    /** Requests that name nothing, for runs that wait for answers alone, as the design and the user's guide show them. */
    private static final String PLAIN = """
            status      | input                    | input, abandoning | proceed                | proceed, due           | answers
            RUNNING     | busy                     | busy              | busy                   | busy                   | give answers
            UNDOING     | busy                     | busy              | busy                   | busy                   | give answers
            SLEEPING    | busy                     | busy              | busy                   | busy                   | resume with answers, patiently
            INTERRUPTED | refuse QUESTIONS_PENDING | open              | report NEWEST_RUN      | resume                 | resume with answers
            ANSWERED    | refuse ANSWERS_UNUSED    | open              | resume left            | resume left            | resume left with answers
            FAILED      | open                     | open              | resume                 | resume                 | refuse NOTHING_PENDING
            CRASHED     | open                     | open              | resume left            | resume left            | resume left with answers
            BLOCKED     | open                     | open              | resume                 | resume                 | refuse NOTHING_PENDING
            STUCK       | open                     | open              | resume                 | resume                 | refuse NOTHING_PENDING
            CANCELLED   | open                     | open              | refuse CANCELLED       | refuse CANCELLED       | refuse NOTHING_PENDING
            UNDONE      | open                     | open              | refuse UNDONE          | refuse UNDONE          | refuse NOTHING_PENDING
            IDLE        | open                     | open              | report VALUE           | report VALUE           | refuse NOTHING_PENDING
            never ran   | open                     | open              | refuse NEVER_RAN       | refuse NEVER_RAN       | refuse NOTHING_PENDING
            """;

    private static List<String> cells(AdmissionFacts facts) {
        return List.of(
                facts.status().map(ThreadStatus::name).orElse("-"),
                facts.request().name(),
                facts.run().name(),
                facts.checkpoint().name(),
                facts.input().name(),
                facts.abandons() ? "yes" : "no",
                facts.alarm().name(),
                facts.pause().name(),
                facts.isWorkers() ? "yes" : "no");
    }

    private static List<Optional<ThreadStatus>> statuses() {
        List<Optional<ThreadStatus>> all = new ArrayList<>();
        Arrays.stream(ThreadStatus.values()).map(Optional::of).forEach(all::add);
        all.add(Optional.empty());
        return all;
    }

    private static List<AdmissionFacts> all() {
        List<AdmissionFacts> all = new ArrayList<>();
        for (Optional<ThreadStatus> status : statuses()) {
            for (Wish wish : Wish.values()) {
                for (NamedRun run : NamedRun.values()) {
                    for (NamedCheckpoint checkpoint : NamedCheckpoint.values()) {
                        for (SentInput input : SentInput.values()) {
                            for (Alarm alarm : Alarm.values()) {
                                for (Pause pause : Pause.values()) {
                                    for (boolean abandons : List.of(false, true)) {
                                        for (boolean workers : List.of(false, true)) {
                                            all.add(new AdmissionFacts(
                                                    status,
                                                    wish,
                                                    run,
                                                    checkpoint,
                                                    input,
                                                    abandons,
                                                    alarm,
                                                    pause,
                                                    workers));
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    private static String text(AdmissionPlan plan) {
        if (plan instanceof AdmissionPlan.Look look) {
            return "look at " + look.at();
        } else if (plan instanceof AdmissionPlan.Resume resume) {
            return resume.left() ? "resume left" : "resume";
        } else if (plan instanceof AdmissionPlan.ResumeWithAnswers resume) {
            return (resume.left() ? "resume left with answers" : "resume with answers")
                    + (resume.patient() ? ", patiently" : "");
        } else if (plan instanceof AdmissionPlan.Report report) {
            return "report " + report.what();
        } else if (plan instanceof AdmissionPlan.Refuse refuse) {
            return "refuse " + refuse.why();
        } else if (plan instanceof AdmissionPlan.GiveAnswers) {
            return "give answers";
        }
        return plan.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Test
    void everyCombinationOfFactsHasThePlanOfItsOneRule() {
        List<AdmissionFacts> all = all();

        RuleTable.of(RULES).assertHolds(all, AdmissionTableTest::cells, facts -> text(AdmissionTable.plan(facts)));

        assertThat(all).hasSize(13 * 4 * 6 * 6 * 3 * 3 * 5 * 2 * 2);
    }

    /** A plan to look is made only of facts that are unread, so that no request looks for ever. */
    @Test
    void looksOnlyAtWhatIsUnread() {
        for (AdmissionFacts facts : all()) {
            if (AdmissionTable.plan(facts) instanceof AdmissionPlan.Look look) {
                Object fact = switch (look.at()) {
                    case RUN -> facts.run();
                    case CHECKPOINT -> facts.checkpoint();
                    case INPUT -> facts.input();
                    case PAUSE -> facts.pause();
                };
                assertThat(fact).hasToString("UNREAD");
            }
        }
    }

    @Test
    void requestThatNamesNothingNeedsNoMoreThanTheThreadsRowAndItsPause() {
        List<List<String>> printed = new ArrayList<>();
        printed.add(RuleTable.rows(PLAIN).findFirst().orElseThrow());
        List<ThreadStatus> statuses = RuleTable.rows(PLAIN)
                .skip(1)
                .map(row -> row.get(0))
                .filter(name -> !name.equals("never ran"))
                .map(ThreadStatus::valueOf)
                .toList();
        for (Optional<ThreadStatus> status : Stream.concat(
                        statuses.stream().map(Optional::of), Stream.of(Optional.<ThreadStatus>empty()))
                .toList()) {
            printed.add(List.of(
                    status.map(ThreadStatus::name).orElse("never ran"),
                    plain(status, Wish.INPUT, false, Alarm.NONE),
                    plain(status, Wish.INPUT, true, Alarm.NONE),
                    plain(status, Wish.PROCEED, false, Alarm.LATER),
                    plain(status, Wish.PROCEED, false, Alarm.DUE),
                    plain(status, Wish.ANSWERS, false, Alarm.NONE)));
        }

        assertThat(print(printed)).isEqualTo(PLAIN);
        assertThat(printed).hasSize(ThreadStatus.values().length + 2);
    }

    private static String plain(Optional<ThreadStatus> status, Wish wish, boolean abandons, Alarm alarm) {
        return text(AdmissionTable.plan(new AdmissionFacts(
                status,
                wish,
                NamedRun.NONE,
                NamedCheckpoint.NONE,
                SentInput.UNREAD,
                abandons,
                alarm,
                Pause.QUESTIONS,
                false)));
    }

    /** The rows below each other, every column as wide as in the table above. */
    private static String print(List<List<String>> rows) {
        List<Integer> widths = Arrays.stream(
                        PLAIN.lines().findFirst().orElseThrow().split("\\| "))
                .map(String::length)
                .toList();
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < row.size(); i++) {
                        boolean last = i == row.size() - 1;
                        String cell = row.get(i);
                        line.append(cell).append(last ? "\n" : " ".repeat(widths.get(i) - cell.length()) + "| ");
                    }
                    return line.toString();
                })
                .collect(Collectors.joining());
    }
}
