package dev.clew.samples.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestCommandTest {
    private static final Path README = Path.of("..", "README.md");

    @TempDir
    private Path dir;

    private Path document;
    private Path out;

    @BeforeEach
    void copyADocument() throws IOException {
        document = Files.copy(README, dir.resolve("document.md"));
        out = dir.resolve("document.digest.md");
    }

    @Test
    void writesWhatWasApprovedAfterOneRevision() throws Exception {
        var ended = digest("more about durability\napprove\n");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.lines("ran       condense#")).isNotEmpty().doesNotHaveDuplicates();
        assertThat(ended.lines("ran       merge#")).containsExactly("ran       merge#1", "ran       merge#2");
        assertThat(ended.output())
                .contains("finished: written to " + out + " after 1 revision")
                .doesNotContain("waiting for an answer");
        assertThat(ended.lines("replayed")).isEmpty();
        assertThat(out).content().contains("Emphasis: more about durability").containsIgnoringCase("- ");
    }

    @Test
    void showsAFinishedDigestWithoutRunningAnything() throws Exception {
        digest("approve\n");

        var ended = digest("");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("finished").contains(Files.readString(out));
        assertThat(ended.lines("ran")).isEmpty();
    }

    @Test
    void parksAtTheEndOfInputAndReplaysAllWhenItGoesOn() throws Exception {
        var parked = digest("");
        var ended = digest("approve\n");

        assertThat(parked.exitCode()).as(parked.output()).isZero();
        assertThat(parked.output())
                .contains("waiting for an answer")
                .contains("samples/run digest --db " + dir.resolve("digest.db") + " --thread t " + document);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.lines("ran")).containsExactly("ran       write#1");
        assertThat(ended.lines("replayed"))
                .hasSameSizeAs(parked.lines("ran"))
                .contains("replayed  read#1", "replayed  merge#1");
        assertThat(out).exists();
    }

    @Test
    void parksWhenItIsStoppedAtTheQuestion() throws Exception {
        DigestProcess process = DigestProcess.start(dir, arguments());
        process.awaitOutput("Is this the digest you want?");

        var ended = process.terminated();

        assertThat(ended.output()).contains("waiting for an answer");
        assertThat(digest("approve\n").output()).contains("finished");
    }

    @Test
    void keepsWhatItReadWhenTheDocumentChanges() throws Exception {
        String before = digest("").output();
        Files.delete(document);

        var ended = digest("approve\n");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(before).contains(Files.readString(out));
    }

    @Test
    void refusesAnotherDocumentUnderAThread() throws Exception {
        digest("");
        Path other = Files.writeString(dir.resolve("other.md"), "Another text that nobody asked for.");

        var ended = DigestProcess.run(
                dir, "approve\n", "--db", dir.resolve("digest.db").toString(), "--thread", "t", other.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("another input").contains("choose another --thread");
        assertThat(digest("approve\n").output()).contains("finished");
    }

    @Test
    void triesAgainWhatFailed() throws Exception {
        Path place = Files.createDirectory(dir.resolve("place"));
        String[] arguments = arguments("--out", place.resolve("out.md").toString());
        DigestProcess.run(dir, "", arguments);
        Files.delete(place);

        var failed = DigestProcess.run(dir, "approve\n", arguments);
        Files.createDirectory(place);
        var ended = DigestProcess.run(dir, "", arguments);

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output()).contains("The same command tries again.");
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("trying again").contains("finished");
        assertThat(place.resolve("out.md")).isNotEmptyFile();
    }

    @Test
    void condensesNothingOfAnEmptyDocument() throws Exception {
        Files.writeString(document, "");

        var ended = digest("approve\n");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(out).content().contains("no text to condense");
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws Exception {
        assertThat(DigestProcess.run(dir, "", "--bogus").exitCode()).isEqualTo(2);

        var missing =
                DigestProcess.run(dir, "", "--db", dir.resolve("digest.db").toString(), "no-such-file.md");

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.output()).contains("cannot read 'no-such-file.md'");
    }

    private DigestProcess.Ended digest(String input) throws Exception {
        return DigestProcess.run(dir, input, arguments());
    }

    private String[] arguments(String... more) {
        String[] all = new String[more.length + 5];
        System.arraycopy(more, 0, all, 0, more.length);
        String[] usual = {"--db", dir.resolve("digest.db").toString(), "--thread", "t", document.toString()};
        System.arraycopy(usual, 0, all, more.length, usual.length);
        return all;
    }
}
