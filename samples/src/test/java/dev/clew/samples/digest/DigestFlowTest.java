package dev.clew.samples.digest;

import static dev.clew.samples.digest.DigestFlow.REVIEW;
import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;

import dev.clew.samples.digest.DigestFlow.Verdict;
import dev.clew.samples.digest.DigestFlow.Written;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.TestWorkflow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DigestFlowTest {
    private static final PrintStream SILENCE = new PrintStream(OutputStream.nullOutputStream());

    @TempDir
    private Path folder;

    private Path document;

    @BeforeEach
    void writeADocument() throws IOException {
        document = Files.writeString(folder.resolve("weather.md"), """
                # Weather

                ## Rain

                Rain falls from clouds. Clouds are made of drops, and drops that are heavy fall as rain.

                ## Snow

                Snow is frozen rain. Where the air is cold, the drops of clouds freeze and fall as snow.
                """);
    }

    private static TestWorkflow<String, Written> digest(Lab lab) {
        return lab.graph(() -> DigestFlowGraph.builder(new DigestFlow(Duration.ZERO)))
                .workflow(DigestFlowGraph::digest)
                .with(config -> config.context(new Progress(SILENCE)));
    }

    @ClewTest({MEMORY, SQLITE})
    void condensesNothingTwiceWhenItsProcessCrashes(Lab lab) {
        var digest = digest(lab);
        lab.crashAfter("condense");
        lab.crashBefore("merge");

        var paused = digest.invoke(document.toString());
        assertThat(paused).isInterruptedBy(REVIEW).executed("read", 1);

        assertThat(digest.answer(REVIEW, new Verdict.Emphasise("snow")))
                .isInterruptedBy(REVIEW)
                .executed("read", 1);
        String file = folder.resolve("digest.md").toString();
        var written = digest.answer(REVIEW, new Verdict.Approve(file));
        assertThat(written.value().revisions()).isEqualTo(1);
        assertThat(Path.of(file)).hasContent(written.value().digest().text());
    }

    @ClewTest
    void comesToTheSameEndWhereverItsProcessCrashes(Lab lab) {
        Written written = lab.crashEverywhere(fresh -> {
            var digest = digest(fresh);
            digest.invoke(document.toString());
            return digest.answer(
                            REVIEW,
                            new Verdict.Approve(folder.resolve("digest.md").toString()))
                    .value();
        });
        assertThat(written.revisions()).isZero();
    }
}
