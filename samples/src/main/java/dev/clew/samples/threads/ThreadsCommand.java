package dev.clew.samples.threads;

import dev.clew.Operator;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import dev.clew.value.ClewException;
import dev.clew.value.IllegalRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of the client: one command from the arguments, or as many as a person types.
 *
 * <p>Exit codes: 0 done; 1 failed; 2 wrong arguments.
 */
public final class ThreadsCommand {
    private static final String USAGE = """
            usage: samples/run threads --db FILE [COMMAND]
                   samples/run threads --url ADDRESS [COMMAND]   of an agent server: list, show, answer, follow, cancel
              list             the threads of the database
              runs THREAD      its runs, with what each came to
              show THREAD      what its newest run did, as a tree with times; or: show THREAD N, its N-th run
              answer THREAD    asks you what it asks; or: answer THREAD JSON
              follow THREAD    shows what it does while it does it, until it rests
              html THREAD      writes its timeline to THREAD.html; or: html THREAD FILE
              cancel THREAD    cancels its run
            THREAD is an id, or its number in the list. Without a command, commands are asked for.
            example: samples/run threads --db samples.db show approve
            """;

    private static final Set<ThreadStatus> IN_NEED =
            EnumSet.of(ThreadStatus.FAILED, ThreadStatus.BLOCKED, ThreadStatus.STUCK);

    private static final String KNOWN = "list, runs N, show N, answer N, follow N, html N, cancel N, or quit?";

    private final Operator operator;

    private ThreadsCommand(Operator operator) {
        this.operator = operator;
    }

    public static void main(String... args) {
        int code = run(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        if (words.contains("--help")) {
            System.out.print(USAGE);
            return 0;
        }
        int url = words.indexOf("--url");
        if (url >= 0 && url + 1 < words.size()) {
            ServedThreads served = new ServedThreads(words.get(url + 1));
            words.subList(url, url + 2).clear();
            return done(served::obey, words, "list, show N, answer N, follow N, cancel N, or quit?") ? 0 : 1;
        }
        int db = words.indexOf("--db");
        if (db < 0 || db + 1 == words.size()) {
            System.err.print(USAGE);
            return 2;
        }
        Path file = Path.of(words.get(db + 1));
        words.subList(db, db + 2).clear();
        if (!Files.isRegularFile(file)) {
            System.err.println("threads: there is no database '" + file + "'");
            return 2;
        }
        try (var sqlite = Sqlite.open(file);
                var operator = Operator.of(sqlite.checkpointer())) {
            ThreadsCommand client = new ThreadsCommand(operator);
            return done(client::obey, words, KNOWN) ? 0 : 1;
        } catch (ClewException broken) {
            System.err.println("threads: " + broken.getMessage());
            return 1;
        }
    }

    /** What does a command; false if it is unknown. */
    @FunctionalInterface
    private interface Obeying {
        boolean obey(List<String> words) throws IOException;
    }

    /** Does one command, or, without one, those that the person types. */
    private static boolean done(Obeying client, List<String> words, String known) {
        if (!words.isEmpty()) {
            return obeyed(client, words);
        }
        boolean unused = obeyed(client, List.of("list"));
        while (true) {
            Optional<String> line = Terminal.ask(known);
            if (line.isEmpty() || List.of("quit", "q", "exit").contains(line.get())) {
                return true;
            }
            if (!line.get().isEmpty()) {
                unused = obeyed(client, List.of(line.get().split("\\s+", 3)));
            }
        }
    }

    /** Does what these words say; false if that failed, of which it has told. */
    private static boolean obeyed(Obeying client, List<String> words) {
        try {
            if (client.obey(words)) {
                return true;
            }
            System.out.print(USAGE);
        } catch (ClewException | IOException failed) {
            System.out.println(failed.getMessage());
        }
        return false;
    }

    private boolean obey(List<String> words) throws IOException {
        String rest = words.size() > 2 ? String.join(" ", words.subList(2, words.size())) : "";
        switch (words.get(0)) {
            case "list" -> list();
            case "runs" -> Runs.of(operator, thread(words)).lines().forEach(System.out::println);
            case "show" -> show(thread(words), rest);
            case "answer" -> new Answering(operator).answer(thread(words), rest);
            case "follow" -> new Following(operator).follow(thread(words));
            case "html" -> html(thread(words), rest);
            case "cancel" ->
                System.out.println(
                        operator.cancel(thread(words).threadId()) ? "cancelled" : "there is nothing to cancel");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void list() {
        List<ThreadSummary> threads = threads();
        if (threads.isEmpty()) {
            System.out.println("no threads");
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%3s  %-24s %-12s %-24s %-19s  %-10s %s%n",
                "#",
                "thread",
                "status",
                "workflow",
                "changed",
                "lasted",
                "note");
        for (int i = 0; i < threads.size(); i++) {
            ThreadSummary thread = threads.get(i);
            ThreadStatus status = operator.status(thread);
            String note = note(thread, status);
            System.out.printf(
                    Locale.ROOT,
                    "%3d  %-24s %-12s %-24s %s  %-10s %s%n",
                    i + 1,
                    thread.threadId(),
                    Plain.word(status),
                    thread.workflow(),
                    Times.moment(thread.updatedAt()),
                    Times.length(Duration.between(thread.createdAt(), thread.updatedAt())),
                    note);
        }
    }

    private String note(ThreadSummary thread, ThreadStatus status) {
        if (status == ThreadStatus.INTERRUPTED) {
            int questions = operator.state(thread.threadId()).pending().size();
            return "waits for " + (questions == 1 ? "an answer" : questions + " answers");
        }
        if (status == ThreadStatus.CRASHED) {
            return "continues when its program recovers it";
        }
        if (status == ThreadStatus.ANSWERED) {
            return "continues when its program recovers it, or is run again";
        }
        return IN_NEED.contains(status) ? "needs help" : "";
    }

    private void show(ThreadSummary thread, String run) {
        List<String> lines = run.isEmpty()
                ? LogTree.lines(operator, thread)
                : LogTree.lines(
                        operator, thread, Runs.of(operator, thread).run(run).config());
        lines.forEach(System.out::println);
    }

    private void html(ThreadSummary thread, String file) throws IOException {
        String name = thread.threadId().replaceAll("[^\\w.-]", "_") + ".html";
        Path target = Path.of(file.isEmpty() ? name : file);
        Files.writeString(target, Timeline.of(operator, thread));
        System.out.println("written to " + target);
    }

    private List<ThreadSummary> threads() {
        List<ThreadSummary> all = new ArrayList<>();
        ThreadQuery query = ThreadQuery.all().limit(1_000);
        List<ThreadSummary> page = operator.threads(query);
        all.addAll(page);
        while (page.size() == query.limit()) {
            page = operator.threads(query.after(page.get(page.size() - 1).threadId()));
            all.addAll(page);
        }
        return all;
    }

    /** The thread that the second word names: by its id, else by its number. */
    private ThreadSummary thread(List<String> words) {
        if (words.size() < 2) {
            throw new IllegalRequestException("which thread? say: " + words.get(0) + " THREAD");
        }
        String named = words.get(1);
        List<ThreadSummary> threads = threads();
        Optional<ThreadSummary> byId = threads.stream()
                .filter(thread -> thread.threadId().equals(named))
                .findFirst();
        if (byId.isPresent()) {
            return byId.get();
        }
        if (named.matches("\\d{1,6}")) {
            int number = Integer.parseInt(named);
            if (number >= 1 && number <= threads.size()) {
                return threads.get(number - 1);
            }
        }
        throw new IllegalRequestException("there is no thread '" + named + "'");
    }
}
