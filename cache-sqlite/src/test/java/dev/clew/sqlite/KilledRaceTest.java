package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clew.Operator;
import dev.clew.contracts.lab.Eventually;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.Child;
import dev.clew.flow.Durability;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.AnswerRefusedException.Reason;
import dev.clew.interrupt.Command;
import dev.clew.state.StepState;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process is killed while its run asks and goes on meanwhile; another process has answered. */
@Timeout(120)
final class KilledRaceTest {
    @TempDir
    Path folder;

    private Child start(String program, Durability durability) throws IOException {
        return Child.start(RacingProcess.class, folder.toString(), program, durability.name());
    }

    /** What this process sees, which is neither the asking one nor the one that continues. */
    private void inThisProcess(String program, Durability durability, Look look) throws Exception {
        try (Sqlite db = Sqlite.open(folder.resolve("threads.db"));
                Lab lab = RacingProcess.lab(db, program, durability, folder);
                Operator operator = Operator.of(db.checkpointer())) {
            look.at(db, lab, operator);
        }
    }

    private interface Look {
        void at(Sqlite db, Lab lab, Operator operator) throws Exception;
    }

    private static void answer(Lab lab, Operator operator) {
        ThreadState<String> state = lab.workflow().state(RacingProcess.THREAD);
        assertThat(state.status()).isEqualTo(ThreadStatus.RUNNING);
        String id = state.pending().get(0).id();

        operator.answer("race", Command.resume(id, "Ann"));

        AnswerRefusedException refused = catchThrowableOfType(
                AnswerRefusedException.class, () -> operator.answer("race", Command.resume(id, "Bob")));
        assertThat(refused.reason()).isEqualTo(Reason.ANSWERED);
    }

    private static void requireShown(Lab lab, Operator operator, ThreadStatus status) {
        assertThat(lab.workflow().state(RacingProcess.THREAD).status()).isEqualTo(status);
        assertThat(lab.workflow().state(RacingProcess.THREAD).pending()).isEmpty();
        for (ThreadStatus each : ThreadStatus.values()) {
            assertThat(operator.threads(ThreadQuery.all().status(each)))
                    .as(each.name())
                    .extracting(ThreadSummary::threadId)
                    .isEqualTo(each == status ? List.of("race") : List.of());
        }
    }

    private void requireValue(String program, Durability durability) throws Exception {
        Files.createFile(folder.resolve("last"));
        try (Child third = start(program, durability)) {
            List<String> lines = third.rest();
            assertThat(lines).doesNotContain("asks");
            assertThat(lines.get(lines.size() - 1)).isEqualTo("value Ann!");
        }
        inThisProcess(program, durability, (db, lab, operator) -> {
            ThreadState<String> state = lab.workflow().state(RacingProcess.THREAD);
            assertThat(state.status()).isEqualTo(ThreadStatus.IDLE);
            assertThat(db.checkpointer().answers("race", String.valueOf(state.runId())))
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"race, SYNC", "race, ASYNC", "join, SYNC", "join, ASYNC"})
    void anAnswerThatTheKilledProcessDidNotHearIsUsedOnceByTheNext(String program, Durability durability)
            throws Exception {
        try (Child first = start(program, durability)) {
            assertThat(first.line()).isEqualTo("asks");
            inThisProcess(program, durability, (db, lab, operator) -> {
                awaitQuestion(lab);
                first.signal("STOP");
                answer(lab, operator);
                first.kill();
                assertThat(first.rest()).isEmpty();
                requireShown(lab, operator, ThreadStatus.ANSWERED);
            });
        }

        requireValue(program, durability);

        assertThat(Files.readAllLines(folder.resolve("used"))).containsExactly("Ann");
    }

    @ParameterizedTest
    @CsvSource({"race, SYNC", "race, ASYNC", "join, SYNC", "join, ASYNC"})
    void anAnswerThatTheKilledProcessHasUsedIsNotUsedAgain(String program, Durability durability) throws Exception {
        try (Child first = start(program, durability)) {
            assertThat(first.line()).isEqualTo("asks");
            inThisProcess(program, durability, (db, lab, operator) -> {
                awaitQuestion(lab);
                answer(lab, operator);
                assertThat(first.line()).isEqualTo("used Ann");
                awaitUse(lab);
                first.kill();
                requireShown(lab, operator, ThreadStatus.CRASHED);
            });
        }

        requireValue(program, durability);

        assertThat(Files.readAllLines(folder.resolve("used"))).containsExactly("Ann");
    }

    /** The listener hears of a question before other processes can read it. */
    private static void awaitQuestion(Lab lab) {
        Eventually.until(
                () -> !lab.workflow().state(RacingProcess.THREAD).pending().isEmpty());
    }

    /** In ASYNC mode the step's success is stored soon after it was seen. */
    private static void awaitUse(Lab lab) {
        Eventually.until(() -> lab.workflow().state(RacingProcess.THREAD).steps().stream()
                .anyMatch(step -> step.name().equals("use") && step.status() == StepState.Status.SUCCEEDED));
    }
}
