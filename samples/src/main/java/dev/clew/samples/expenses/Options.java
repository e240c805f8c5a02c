package dev.clew.samples.expenses;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/** What the command line says. */
record Options(Path db, String report, Duration deadline, Pace pace, boolean inspect) {
    static final String USAGE = """
            usage: samples/run expenses [--db FILE] [--report NAME] [--deadline TIME] [--pace TIME] [--inspect]
            Reads an expense report, checks it, asks you as its manager, and pays it once. Models are scripted.
            Stop it or kill it at any time; the same command continues where it stopped.

              --db FILE        the database that remembers it; default: samples.db in the current directory
              --report NAME    which report; the same name continues it, or shows how it ended; default: crete
              --deadline TIME  how long a manager may take before the next one is asked (10s, 2h); default: 48h.
                               A report keeps the deadline with which it began
              --pace TIME      makes the world outside this slow (500ms, 2s), so that there is time to kill it
              --inspect        opens the inspector on the same database, and prints its address

            example: samples/run expenses --pace 1s
            """;

    /** A command line that makes no sense. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(String... args) throws UsageException {
        Options options =
                new Options(Path.of("samples.db"), "crete", Duration.ofDays(2), new Pace(Duration.ZERO), false);
        for (Iterator<String> rest = List.of(args).iterator(); rest.hasNext(); ) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private Options with(String option, Iterator<String> rest) throws UsageException {
        return switch (option) {
            case "--inspect" -> new Options(db, report, deadline, pace, true);
            case "--db" -> new Options(Path.of(value(option, rest)), report, deadline, pace, inspect);
            case "--report" -> new Options(db, value(option, rest), deadline, pace, inspect);
            case "--deadline" -> new Options(db, report, time(option, value(option, rest)), pace, inspect);
            case "--pace" -> new Options(db, report, deadline, new Pace(time(option, value(option, rest))), inspect);
            default -> throw new UsageException("unknown option '" + option + "'");
        };
    }

    /** A file beside the database. */
    Path beside(String ending) {
        return db.resolveSibling(db.getFileName() + ending);
    }

    private static String value(String option, Iterator<String> rest) throws UsageException {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value");
        }
        return rest.next();
    }

    private static Duration time(String option, String text) throws UsageException {
        try {
            return text.endsWith("ms")
                    ? Duration.ofMillis(Integer.parseUnsignedInt(text.substring(0, text.length() - 2)))
                    : Duration.parse("PT" + text);
        } catch (RuntimeException unreadable) {
            throw new UsageException(option + " takes a time like 500ms, 10s or 2h, not '" + text + "'");
        }
    }
}
