package dev.clew.samples.digest;

import dev.clew.checkpoint.Durability;
import dev.clew.checkpoint.ThreadStatus;
import dev.clew.flow.Command;
import dev.clew.flow.NonDeterminismException;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.ThreadState;
import dev.clew.flow.ThreadStuckException;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.samples.digest.DigestFlow.Digest;
import dev.clew.samples.digest.DigestFlow.Verdict;
import dev.clew.samples.digest.DigestFlow.Written;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.value.ClewException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
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
    private volatile boolean asking;

    private DigestCommand(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
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
            err.println(
                    "digest: " + refused.getMessage() + "\nOne thread is for one document; choose another --thread.");
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
        Progress progress = new Progress(out);
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
        out.println("digest    " + options.file() + "  (thread '" + options.thread() + "' in " + options.db() + ")");
        RunResult<Written> result = begin(digest);
        if (result instanceof RunResult.Completed<Written> before) {
            show(before.value().digest());
        }
        while (result instanceof RunResult.Interrupted<Written> pause) {
            var question = pause.only(DigestFlow.REVIEW);
            show(question.value());
            Optional<Verdict> verdict = ask();
            if (verdict.isEmpty()) {
                return;
            }
            result = digest.invoke(question.answer(verdict.get()), RunConfig.thread(options.thread()));
        }
        finished(result.value());
    }

    /** Starts the run, or goes on with it: a run id stands for one run of one input, however often it is invoked. */
    private RunResult<Written> begin(Workflow<String, Written> digest) throws IOException {
        RunConfig thread = RunConfig.thread(options.thread());
        ThreadState<Written> before = digest.state(options.thread());
        if (before.runId() == null) {
            options.check();
        } else if (before.status() == ThreadStatus.RUNNING) {
            out.println("another process is at work on it; waiting");
        }
        try {
            return digest.invoke(options.document(), thread.runId("digest"));
        } catch (ThreadStuckException killedOften) {
            return digest.invoke(Command.proceed(), thread);
        } catch (WorkflowFailedException | NonDeterminismException failed) {
            if (!STOPPED.contains(before.status())) {
                throw failed;
            }
            out.println("trying again what failed before");
            return digest.invoke(Command.proceed(), thread);
        }
    }

    private void show(Digest digest) {
        out.println("\n" + digest.text());
        digest.unanswered().forEach(wish -> out.println("(nothing in the document is about \"" + wish + "\")"));
    }

    /** The person's verdict; empty where nobody is there to give one. */
    private Optional<Verdict> ask() {
        asking = true;
        out.println("Is this the digest you want? \"approve\" writes it to " + options.out()
                + "; anything else says what to emphasise.");
        Optional<String> line = answer();
        asking = line.isEmpty();
        return line.map(text ->
                text.equalsIgnoreCase("approve") ? new Verdict.Approve(options.target()) : new Verdict.Emphasise(text));
    }

    private static Optional<String> answer() {
        Optional<String> line = Terminal.line();
        while (line.isPresent() && line.get().isBlank()) {
            line = Terminal.line();
        }
        return line.map(String::strip);
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
        out.println("For a new digest choose another --thread.");
    }
}
