package dev.clew.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.contracts.torture.TortureJournal;
import dev.clew.contracts.torture.TortureJournal.Kind;
import dev.clew.contracts.torture.TortureRound;
import dev.clew.contracts.torture.TortureVerdict;
import dev.clew.flow.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge that never finds anything would be worth nothing. */
final class TortureVerdictTest {
    private static final String STEP = "thread-0/run-of-thread-0/task:alone#0";

    @TempDir
    Path folder;

    private TortureJournal journal;

    @BeforeEach
    void tell() throws IOException {
        Files.createDirectory(folder.resolve("disk"));
        journal = new TortureJournal(folder);
        journal.note(Kind.BODY, "life-1", "thread-0");
        journal.note(Kind.BEGAN, "life-1", STEP);
        journal.note(Kind.SAW, "life-1", STEP, "token-1");
    }

    private TortureVerdict verdict() throws IOException {
        TortureRound round = new TortureRound(folder, 1, 1, Durability.SYNC);
        try (Sqlite db = Sqlite.open(TortureProcess.database(round))) {
            return TortureVerdict.of(round, db.checkpointer());
        }
    }

    @Test
    void findsAnAttemptOfALaterLife() throws IOException {
        journal.note(Kind.BODY, "life-2", "thread-0");
        journal.note(Kind.BEGAN, "life-2", STEP);

        assertThat(verdict().duplicates()).containsExactly(STEP);
        assertThat(verdict().resumes()).isEqualTo(1);
    }

    @Test
    void findsASecondAttemptOfTheSameLife() throws IOException {
        journal.note(Kind.BEGAN, "life-1", STEP);

        assertThat(verdict().duplicates()).containsExactly(STEP);
    }

    @Test
    void acceptsTheLateAttemptOfAnOlderLife() throws IOException {
        journal.note(Kind.BODY, "life-2", "thread-0");
        String next = STEP.replace("#0", "#1");
        journal.note(Kind.SAW, "life-2", next, "token-2");
        journal.note(Kind.BEGAN, "life-1", next);

        assertThat(verdict().duplicates()).isEmpty();
    }

    @Test
    void findsAnOutcomeInPlaceOfAnother() throws IOException {
        journal.note(Kind.BODY, "life-2", "thread-0");
        journal.note(Kind.SAW, "life-2", STEP, "token-2");

        assertThat(verdict().lost()).contains("outcome of " + STEP);
    }

    @Test
    void findsThatTheDatabaseHasNothing() throws IOException {
        assertThat(verdict().lost()).containsExactly("run of thread-0, which is IDLE", "log entry of " + STEP);
    }

    @Test
    void findsAnAcceptedAnswerThatNobodyHas() throws IOException {
        journal.note(Kind.ANSWERED, "thread-0", "q1", "yes|1");
        journal.note(Kind.TOLD, "thread-0", "q1", "yes|2");

        assertThat(verdict().lost()).contains("accepted answer to thread-0 q1");
    }

    @Test
    void findsAWrongResultAndAWrongEnd() throws IOException {
        journal.note(Kind.DONE, "thread-0", "not this");
        journal.note(Kind.BAD, "thread-0", "a failure");

        assertThat(verdict().wrong()).containsExactly("result of thread-0: not this", "end of thread-0: a failure");
    }

    @Test
    void believesNoHalfLine() throws IOException {
        Files.writeString(folder.resolve("journal"), "BEGAN\tlife-1\tthr", StandardOpenOption.APPEND);
        journal.note(Kind.BEGAN, "life-1", STEP);

        assertThat(verdict().duplicates()).isEmpty();
        assertThat(journal.lines()).hasSize(3);
    }
}
