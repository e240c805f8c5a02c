package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.Child;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes answer the same questions at the same instants, over one file. */
@Tag("B124")
final class AnswerProcessesTest {
    private static final int ROUNDS = 200;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void oneOfTwoProcessesAnswersEachQuestionAndTheOtherIsTold() throws Exception {
        Path file = folder.resolve("questions.db");
        try (Sqlite db = Sqlite.open(file);
                Lab lab = AnsweringProcess.lab(db)) {
            for (int round = 0; round < ROUNDS; round++) {
                lab.workflow().invoke("who?", AnsweringProcess.thread(round));
            }
            long used = race(file, lab);

            assertThat(used).isEqualTo(ROUNDS);
        }
    }

    /** How many answers the processes used. */
    private static long race(Path file, Lab lab) throws Exception {
        try (Child ann = Child.start(AnsweringProcess.class, file.toString(), "ann");
                Child bob = Child.start(AnsweringProcess.class, file.toString(), "bob")) {
            assertThat(List.of(ann.line(), bob.line())).containsOnly("ready");
            for (int round = 0; round < ROUNDS; round++) {
                ann.go();
                bob.go();
                List<String> told = Stream.of(ann.line(), bob.line()).sorted().toList();

                ThreadState<String> state = lab.workflow().state(AnsweringProcess.thread(round));
                assertThat(told).as("round %s", round).containsExactly("lost", "won " + state.value());
                assertThat(state.status()).isEqualTo(ThreadStatus.IDLE);
            }
            ann.end();
            bob.end();
            return Long.parseLong(ann.line()) + Long.parseLong(bob.line());
        }
    }
}
