package dev.clew.samples.digest;

import dev.clew.annotations.Context;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Condenses a document, asks a person what to emphasise until the digest is approved, then writes it to a file. */
public class DigestFlow {
    /** A document as it was read, with the hash of its text. */
    public record Document(String title, List<Section> sections, String hash) {}

    /** A part of a document: its paragraphs without any markup. */
    public record Section(String title, List<String> paragraphs) {}

    /** What a section says, in reading order. */
    public record Notes(String title, List<Quote> quotes) {}

    /** A sentence, and how well it stands for its section: 1 for the section's best. */
    public record Quote(String sentence, double weight) {}

    /** A digest as Markdown, and those wishes that no sentence of the document answers. */
    public record Digest(String text, List<String> unanswered) {}

    /** A digest to review; if it was approved and could not be written, the problem says why, else it is empty. */
    public record Proposal(Digest digest, String problem) {}

    /** What a person says of a digest. */
    public sealed interface Verdict {
        /** Writes the digest to this file. */
        record Approve(String file) implements Verdict {}

        /** Asks for another digest with more about this. */
        record Emphasise(String wish) implements Verdict {}

        /** Takes the last wish back. */
        record Undo() implements Verdict {}
    }

    /** An approved digest, the file that has it, and the hash of the document's text. */
    public record Written(Digest digest, String file, int revisions, String hash) {}

    public static final InterruptKey<Proposal, Verdict> REVIEW =
            InterruptKey.of("review", Proposal.class, Verdict.class);

    private final Duration pace;

    /**
     * A flow that condenses.
     *
     * @param pace how much longer than needed each section takes, so that there is time to watch, and to kill it
     */
    public DigestFlow(Duration pace) {
        this.pace = pace;
    }

    /** A task, so that a file that changes while its digest waits changes nothing: what was read is in the log. */
    @Task
    Document read(String file) throws IOException {
        return Documents.read(Path.of(file));
    }

    @Task
    Notes condense(Section section) throws InterruptedException {
        Thread.sleep(pace.toMillis());
        return Summariser.condense(section);
    }

    @Task
    Digest merge(String title, List<Notes> notes, List<String> wishes) {
        return Summariser.merge(title, notes, wishes);
    }

    /** Writes all of the file or nothing. A task may run again if its process died, and this may: the result is the same. */
    @Task
    void write(Digest digest, String file) throws IOException {
        Path target = Path.of(file);
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            Files.writeString(temporary, digest.text());
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new IOException("cannot write '" + target + "' (" + failed + ")", failed);
        }
    }

    @Entrypoint
    Written digest(String file, DigestFlowTasks tasks, Run run, @Context Progress progress) {
        Document document = tasks.read(file).join();
        progress.sections(document.sections());
        List<Notes> notes = TaskFuture.allOf(
                document.sections().stream().map(tasks::condense).toList());
        List<String> wishes = new ArrayList<>();
        String problem = "";
        for (int revisions = 0; ; revisions++) {
            Digest digest = tasks.merge(document.title(), notes, wishes).join();
            Verdict verdict = run.interrupt(REVIEW, new Proposal(digest, problem));
            problem = "";
            if (verdict instanceof Verdict.Approve approved) {
                try {
                    tasks.write(digest, approved.file()).join();
                    return new Written(digest, approved.file(), revisions, document.hash());
                } catch (TaskFailedException unwritable) {
                    problem = String.valueOf(unwritable.failure().message()); // the person may choose another file
                }
            } else if (verdict instanceof Verdict.Emphasise emphasis) {
                wishes.add(emphasis.wish());
            } else if (!wishes.isEmpty()) {
                wishes.remove(wishes.size() - 1);
            }
        }
    }
}
