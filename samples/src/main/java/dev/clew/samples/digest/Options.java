package dev.clew.samples.digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the command line says. */
record Options(Path file, Path db, String thread, Path out, Duration pace, String again) {
    static final String USAGE = """
            usage: samples/run digest [--db FILE] [--thread ID] [--out FILE] [--pace TIME] FILE
            Condenses a document: picks its most telling sentences, offline and without a model. You review the digest.
            Stop it or kill it at any time; the same command continues where it stopped.

              FILE         the text or Markdown document to condense
              --db FILE    the database that remembers the job; default: .digest.db in the current directory
              --thread ID  the job's name; default: made of the file's name and folder. The same job continues, or
                           shows what is finished; a document that was changed since is condensed again
              --out FILE   where the approved digest goes; default: beside the document, as NAME.digest.md
              --pace TIME  makes every section take this much longer (200ms, 2s), so that there is time to kill it

            example: samples/run digest --pace 1s README.md
            """;

    /** A command line that makes no sense. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Options parse(List<String> args) throws UsageException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                put(given, "FILE", arg);
            } else if (!List.of("--db", "--thread", "--out", "--pace").contains(arg)) {
                throw new UsageException("unknown option '" + arg + "'");
            } else if (++i == args.size()) {
                throw new UsageException(arg + " needs a value");
            } else {
                put(given, arg, args.get(i));
            }
        }
        String file = given.get("FILE");
        if (file == null || file.isEmpty()) {
            throw new UsageException("which file?");
        }
        Path path = Path.of(file);
        String name = String.valueOf(full(path).getFileName());
        return new Options(
                path,
                Path.of(given.getOrDefault("--db", ".digest.db")),
                given.getOrDefault(
                        "--thread", name + "@" + Documents.hash(full(path).toString())),
                Path.of(given.getOrDefault(
                        "--out",
                        path.resolveSibling(baseName(name) + ".digest.md").toString())),
                pace(given.getOrDefault("--pace", "0s")),
                again(args));
    }

    /** The document's full name: what tells one run's document from another. */
    String document() {
        return full(file).toString();
    }

    /** The full name of the file to write. */
    String target() {
        return full(out).toString();
    }

    /** Whether the document is there and its text has another hash than this. */
    boolean isChanged(String hash) throws IOException {
        return Files.isRegularFile(file) && !Documents.read(file).hash().equals(hash);
    }

    /** Refuses, before anything is stored, what could not end well. */
    void check() throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("cannot read '" + file + "'");
        }
        checkOut();
    }

    /** Refuses a file for the digest that cannot be written. */
    void checkOut() throws IOException {
        Path target = full(out);
        Path folder = target.resolveSibling(".").normalize();
        if (target.equals(full(file)) || Files.isDirectory(target)) {
            throw new IOException("cannot write the digest to '" + target + "'; choose another file with --out");
        }
        if (!Files.isDirectory(folder)
                || !Files.isWritable(folder)
                || Files.exists(target) && !Files.isWritable(target)) {
            throw new IOException("cannot write to '" + target + "': its folder is missing, or you may not write there;"
                    + " choose another file with --out");
        }
    }

    private static Path full(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static void put(Map<String, String> given, String option, String value) throws UsageException {
        if (given.put(option, value) != null) {
            throw new UsageException(option + " is given twice");
        }
    }

    private static String baseName(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    private static Duration pace(String text) throws UsageException {
        try {
            return text.endsWith("ms")
                    ? Duration.ofMillis(Integer.parseUnsignedInt(text.substring(0, text.length() - 2)))
                    : Duration.parse("PT" + text);
        } catch (RuntimeException unreadable) {
            throw new UsageException("--pace takes a time like 200ms or 2s, not '" + text + "'");
        }
    }

    /** This command line again; the script that runs samples knows how a shell reads it. */
    private static String again(List<String> args) {
        return System.getProperty("samples.command", "samples/run digest " + String.join(" ", args));
    }
}
