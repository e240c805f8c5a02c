package dev.clew.samples.digest;

import dev.clew.flow.Durability;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Command;
import dev.clew.samples.digest.DigestFlow.Digest;
import dev.clew.samples.digest.DigestFlow.Verdict;
import dev.clew.samples.digest.DigestFlow.Written;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.value.ClewException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of the digest. It may be stopped or killed anywhere; the same command goes on from there.
 *
 * <p>Exit codes: 0 finished, or waiting for an answer; 1 failed; 2 wrong arguments.
 */
public final class DigestCommand {
    /** A run in such a state goes on only when a person says so, who does by giving the command again. */
    private static final Set<ThreadStatus> STOPPED = EnumSet.of(ThreadStatus.FAILED, ThreadStatus.BLOCKED);

    private final Options options;
    private final PrintStream out;
    private final Progress progress;
    private volatile boolean asking;

    private DigestCommand(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.progress = new Progress(out);
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(args), out, err));
    }

    private static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help")) {
            out.print(Options.USAGE);
            return 0;
        }
        try {
            new DigestCommand(Options.parse(args), out).run();
            return 0;
        } catch (Options.UsageException wrong) {
            err.println("digest: " + wrong.getMessage() + "\n" + Options.USAGE);
            return 2;
        } catch (RequestRefusedException refused) {
            err.println("digest: " + refused.getMessage() + "\nOne job is for one document; choose another --thread.");
            return 1;
        } catch (WorkflowFailedException failed) {
            err.println("digest: " + failed.failure().message() + "\nThe same command tries again.");
            return 1;
        } catch (ClewException | IOException failed) {
            err.println("digest: " + failed.getMessage());
            return 1;
        }
    }

    private void run() throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::parked));
        try (var db = Sqlite.open(options.db());
                var graph = DigestFlowGraph.builder(new DigestFlow(options.pace()))
                        .checkpointer(db.checkpointer())
                        .durability(Durability.SYNC)
                        .maxConcurrency(Runtime.getRuntime().availableProcessors())
                        .listener(progress)
                        .context(progress)
                        .build()) {
            converse(graph.digest());
        }
    }

    private void converse(Workflow<String, Written> digest) throws IOException {
        String name = job(digest);
        RunConfig job = RunConfig.once(name);
        out.println("digest    " + options.file() + "  (job '" + name + "' in " + options.db() + ")");
        RunResult<Written> result = begin(digest, job);
        progress.showReplayed();
        if (result instanceof RunResult.Completed<Written> before) {
            show(before.value().digest());
        }
        while (result instanceof RunResult.Interrupted<Written> pause) {
            var question = pause.only(DigestFlow.REVIEW);
            show(question.value().digest());
            Optional<Verdict> verdict = ask(question.value().problem());
            if (verdict.isEmpty()) {
                return;
            }
            result = digest.invoke(question.answer(verdict.get()), job);
        }
        finished(result.value());
    }

    /** The job's name. A document that was changed after its digest was finished is a new job, with a number. */
    private String job(Workflow<String, Written> digest) throws IOException {
        for (int number = 1; ; number++) {
            String job = number == 1 ? options.thread() : options.thread() + "-" + number;
            ThreadState<Written> state = digest.state(RunConfig.once(job));
            Written written = state.status() == ThreadStatus.IDLE ? state.value() : null;
            if (written == null || !options.isChanged(written.hash())) {
                return job;
            }
            out.println("the document has changed since digest " + number + " of it was written");
        }
    }

    /** Starts the job, or continues it. What stopped for good is tried again, because a person gave the command again. */
    private RunResult<Written> begin(Workflow<String, Written> digest, RunConfig job) throws IOException {
        ThreadState<Written> before = digest.state(job);
        if (before.runId() == null) {
            options.check();
        } else if (before.status() == ThreadStatus.RUNNING) {
            out.println("another process is at work on it; waiting");
        }
        try {
            return digest.invoke(options.document(), job);
        } catch (ThreadStuckException killedOften) {
            return digest.invoke(Command.proceed(), job);
        } catch (WorkflowFailedException | NonDeterminismException failed) {
            if (!STOPPED.contains(before.status())) {
                throw failed;
            }
            out.println("trying again what failed before");
            return digest.invoke(Command.proceed(), job);
        }
    }

    private void show(Digest digest) {
        out.println("\n" + Lines.wrapped(digest.text()));
        digest.unanswered().forEach(wish -> out.println("(nothing in the document is about \"" + wish + "\")"));
    }

    /** The person's verdict; empty if no person is there to give one. */
    private Optional<Verdict> ask(String problem) {
        asking = true;
        if (!problem.isEmpty()) {
            out.println(problem + "; choose another file with --out");
        }
        out.println(
                "Is this the digest you want? It would be written to " + options.target()
                        + ".\n  approve   writes it    undo   takes the last wish back    anything else says what to emphasise");
        Optional<Verdict> verdict = verdict();
        asking = verdict.isEmpty();
        return verdict;
    }

    private Optional<Verdict> verdict() {
        while (true) {
            Optional<String> line = Terminal.line().map(String::strip);
            if (line.isEmpty()) {
                return Optional.empty();
            }
            Optional<Verdict> verdict = read(line.get());
            if (verdict.isPresent()) {
                return verdict;
            }
        }
    }

    /** What a line says; empty if it says nothing that can be done, which is printed. */
    private Optional<Verdict> read(String line) {
        switch (line.toLowerCase(Locale.ROOT)) {
            case "" -> {
                return Optional.empty();
            }
            case "approve", "approved", "yes", "y", "ok", "okay" -> {
                return approved();
            }
            case "no", "n" -> out.println("What shall it emphasise? For example: more about durability");
            case "undo", "back" -> {
                return Optional.of(new Verdict.Undo());
            }
            default -> {
                return Optional.of(new Verdict.Emphasise(line));
            }
        }
        return Optional.empty();
    }

    /** Approves only what can be written, because an answer is for good. */
    private Optional<Verdict> approved() {
        try {
            options.checkOut();
            return Optional.of(new Verdict.Approve(options.target()));
        } catch (IOException unwritable) {
            out.println(unwritable.getMessage());
            return Optional.empty();
        }
    }

    /** Says how to continue when the process ends on a question: by end of input, by Ctrl-C, by a signal. */
    private void parked() {
        if (asking) {
            out.println("\nwaiting for an answer; to give it, run again:\n  " + options.again());
        }
    }

    private void finished(Written written) {
        out.println("finished: written to " + written.file() + " after " + written.revisions()
                + (written.revisions() == 1 ? " revision" : " revisions"));
        out.println(
                "A changed document gets a new digest by the same command; for another digest of this text, choose another"
                        + " --thread.");
    }
}
