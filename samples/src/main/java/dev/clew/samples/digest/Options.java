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
              FILE         the text or Markdown document to condense
              --db FILE    the database that remembers the run; default: .digest.db in the current directory
              --thread ID  which run; default: the file's name. The same id continues, or shows what is finished
              --out FILE   where the approved digest goes; default: beside the document, as NAME.digest.md
              --pace TIME  makes every section take this much longer (200ms, 2s), so that there is time to kill it
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
                given.getOrDefault("--thread", name),
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

    /** Refuses, before anything is stored, what could not end well. */
    void check() throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("cannot read '" + file + "'");
        }
        if (full(out).equals(full(file))
                || Files.isDirectory(out)
                || !Files.isDirectory(full(out).resolveSibling("."))) {
            throw new IOException("cannot write the digest to '" + out + "'; choose another file with --out");
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
