package dev.clew.samples.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.samples.shared.Play;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {
    @TempDir
    private Path dir;

    @Test
    void aFailedRunGoesOnWithoutDownloadingAgain() throws Exception {
        assertThat(Play.in(dir).run(RetryAndResume::main))
                .containsExactly(
                        "download: attempt 1",
                        "download: attempt 2",
                        "download: attempt 3",
                        "save",
                        "failed: java.io.IOException: no space left on the disk",
                        "save",
                        "saved the contents of May");
    }

    @Test
    void theNightlyJobWorksEveryNightOnce() throws Exception {
        Play play = Play.in(dir);

        assertThat(play.run(NightlyJob::main))
                .containsExactly(
                        "night 1: backed up 11 files",
                        "night 2: backed up 12 files",
                        "night 3: backed up 13 files",
                        "36 files in 3 nights");
        assertThat(play.run(NightlyJob::main)).containsExactly("36 files in 3 nights");
    }

    @Test
    void theBankChargesOnceHoweverOftenItIsAsked() throws Exception {
        assertThat(Play.in(dir).run(Idempotent::main))
                .containsExactly("bank: charged 30 euros", "bank: that is done already", "receipt N-1 for 30 euros");
    }

    @Test
    void timeTravelTellsTwoEndingsOfOneBeginning() throws Exception {
        List<String> printed = Play.in(dir).run(TimeTravel::main);

        assertThat(printed).filteredOn("(writing a beginning)"::equals).hasSize(1);
        assertThat(printed)
                .contains("told: Theseus came to a place where the way forks. He met the Minotaur, and won.")
                .contains("what if: Theseus came to a place where the way forks."
                        + " He came out among olive trees, and went home.");
        assertThat(printed.subList(4, 8))
                .extracting(line -> line.strip().split(" ")[0])
                .containsExactly("LOOP", "FORK", "LOOP", "INPUT");
    }

    @Test
    void everyPhotoIsPublishedByAChildAndThreeAtATime() throws Exception {
        assertThat(Play.in(dir).run(ChildPerItem::main))
                .hasSize(9)
                .startsWith("uploaded beach (small)", "uploaded harbour (small)")
                .last()
                .asString()
                .matches("at most [123] worked at a time");
    }

    @Test
    void queuedJobsAreDoneByAWorkerThatComesLater() throws Exception {
        Play play = Play.in(dir);
        List<String> printed = play.run(QueuedJobs::main);

        assertThat(printed)
                .containsExactly(
                        "QUEUED: 5 wait",
                        "rendered May of ann",
                        "rendered June of ann",
                        "rendered May of ben",
                        "rendered June of ben",
                        "rendered the audit");
        assertThat(play.run(QueuedJobs::main)).as("again").endsWith("rendered the audit");
    }

    @Test
    void aScheduleFiresThreeTimesAndIsPausedAndGoesOnTheNextTime() throws Exception {
        Play play = Play.in(dir);
        for (int again = 0; again < 2; again++) {
            assertThat(play.run(ScheduledReports::main))
                    .containsExactly(
                            "rendered the pulse",
                            "rendered the pulse",
                            "rendered the pulse",
                            "morning: cron:0 7 * * MON-FRI Europe/Berlin",
                            "pulse: every:PT1S, paused");
        }
    }

    @Test
    void anExpensiveResultIsWorkedOutOnceForAllRuns() throws Exception {
        Play play = Play.in(dir);

        List<String> first = play.run(Caching::main);
        List<String> second = play.run(Caching::main);

        assertThat(first)
                .contains("  working it out for French", "  working it out for Greek")
                .containsSubsequence("ann pays 220", "bob pays 220", "  from the cache: task:translationCost#1");
        assertThat(first).filteredOn(line -> line.startsWith("  working")).hasSize(2);
        assertThat(second).contains("ann pays 220", "bob pays 220").noneMatch(line -> line.startsWith("  working"));
    }
}
