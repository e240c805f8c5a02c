package dev.clew.samples.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
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
                .contains("(job 't' in ", "finished: written to " + out + " after 1 revision")
                .doesNotContain("waiting for an answer");
        assertThat(ended.lines("replayed")).isEmpty();
        assertThat(out).content().contains("Emphasis: more about durability").containsIgnoringCase("- ");
    }

    @Test
    void showsAFinishedDigestWithoutRunningAnything() throws Exception {
        digest("approve\n");

        var ended = digest("");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("finished");
        assertThat(ended.words()).contains(words(out));
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
                .containsExactly("replayed  " + parked.lines("ran").size() + " tasks that had finished before");
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
        String before = digest("").words();
        Files.delete(document);

        var ended = digest("approve\n");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(before).contains(words(out));
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
    void asksForAnotherFileIfTheDigestCannotBeWrittenThere() throws Exception {
        Path place = Files.createDirectory(dir.resolve("place"));
        Path lost = place.resolve("out.md");
        DigestProcess.run(dir, "", arguments("--out", lost.toString()));
        Files.delete(place);

        var refused = DigestProcess.run(dir, "approve\n", arguments("--out", lost.toString()));
        var ended = digest("approve\n");

        assertThat(refused.exitCode()).as(refused.output()).isZero();
        assertThat(refused.output()).contains("cannot write to '" + lost + "'").contains("waiting for an answer");
        assertThat(ended.output()).contains("finished: written to " + out);
        assertThat(out).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "OK", "y", "Approve"})
    void takesAYesInAnyFormForApproval(String yes) throws Exception {
        var ended = digest(yes + "\n");

        assertThat(ended.output()).contains("finished: written to " + out + " after 0 revisions");
    }

    @Test
    void asksWhatToEmphasiseAfterANoAndTakesAWishBack() throws Exception {
        var ended = digest("no\nmore about durability\nundo\napprove\n");

        assertThat(ended.output()).contains("What shall it emphasise?").contains("after 2 revisions");
        assertThat(out).content().doesNotContain("Emphasis:");
    }

    @Test
    void condensesADocumentAgainThatWasChangedAfterItsDigestWasWritten() throws Exception {
        digest("approve\n");
        Files.writeString(document, "# Rain\n\nIt rains today. Umbrellas help against rain.\n");

        var changed = digest("approve\n");
        var again = digest("");

        assertThat(changed.output()).contains("the document has changed").contains("finished");
        assertThat(out).content().contains("Digest of Rain");
        assertThat(again.output()).contains("finished").contains("Digest of Rain");
        assertThat(again.lines("ran")).isEmpty();
    }

    @Test
    void condensesDocumentsOfOneNameInTwoFolders() throws Exception {
        Path other = Files.createDirectory(dir.resolve("other")).resolve("document.md");
        Files.writeString(other, "# Rain\n\nIt rains today.\n");
        String db = dir.resolve("digest.db").toString();

        DigestProcess.run(dir, "approve\n", "--db", db, document.toString());
        var second = DigestProcess.run(dir, "approve\n", "--db", db, other.toString());

        assertThat(second.exitCode()).as(second.output()).isZero();
        assertThat(other.resolveSibling("document.digest.md")).content().contains("Digest of Rain");
    }

    @Test
    void breaksNoWordAtTheEdgeOfTheTerminal() throws Exception {
        var parked = digest("");

        assertThat(parked.lines("- ")).isNotEmpty().allMatch(line -> line.length() <= 100);
    }

    @Test
    void saysInItsHelpThatItPicksSentencesOffline() throws Exception {
        var help = DigestProcess.run(dir, "", "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).contains("sentences").contains("offline").contains("example:");
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

    /** A file's text, with single spaces only. */
    private static String words(Path file) throws IOException {
        return Files.readString(file).replaceAll("\\s+", " ");
    }

    private String[] arguments(String... more) {
        String[] all = new String[more.length + 5];
        System.arraycopy(more, 0, all, 0, more.length);
        String[] usual = {"--db", dir.resolve("digest.db").toString(), "--thread", "t", document.toString()};
        System.arraycopy(usual, 0, all, more.length, usual.length);
        return all;
    }
}
