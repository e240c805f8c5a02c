package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.processor.validate.Rule;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every example and every pitfall, on the javac of JDK 17, that of JDK 25 and the compiler of Eclipse: each says the same
 * on the same lines. Leaves a table of what they say in {@code target/diagnostics.md}.
 */
class CompilersTest {
    private static final List<Example> BAD = new ArrayList<>();
    private static final List<Example> LINT = new ArrayList<>();
    private static final List<Example> GOOD = new ArrayList<>();
    private static final Map<String, Map<String, List<Found>>> RESULTS = new LinkedHashMap<>();

    @BeforeAll
    static void read() {
        Sources.files("bad").forEach(file -> BAD.add(Example.of(file)));
        BAD.addAll(Example.allOf(Path.of("src/test/resources/pitfalls/bad.txt")));
        Sources.files("lint/bad").forEach(file -> LINT.add(Example.of(file)));
        Sources.files("good").forEach(file -> GOOD.add(Example.of(file)));
        Sources.files("lint/good").forEach(file -> GOOD.add(Example.of(file)));
        GOOD.addAll(Example.allOf(Path.of("src/test/resources/pitfalls/good.txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javac 17", "javac 25", "ecj"})
    void saysTheSameOfEveryExample(String compiler, @TempDir Path folder) throws Exception {
        Map<String, List<Found>> found = compile(compiler, folder);
        RESULTS.put(compiler, found);

        Map<String, List<String>> expected = new TreeMap<>();
        Map<String, List<String>> actual = new TreeMap<>();
        for (Example example :
                BAD.stream().filter(each -> found.containsKey(each.name())).toList()) {
            expected.put(example.name(), example.marks().stream().sorted().toList());
            actual.put(example.name(), errors(example, found.get(example.name())));
        }
        for (Example example : LINT) {
            boolean hasTrees = !compiler.equals("ecj");
            expected.put(
                    "lint " + example.name(),
                    hasTrees ? example.marks().stream().sorted().toList() : List.of());
            actual.put("lint " + example.name(), errors(example, found.get(example.name())));
        }
        for (Example example : GOOD) {
            expected.put("good " + example.name(), List.of());
            actual.put("good " + example.name(), complaints(compiler, found.get(example.name())));
        }
        List<String> differences = new ArrayList<>();
        expected.forEach((example, marks) -> {
            if (!(compiler.equals("ecj") ? isNear(actual.get(example), marks) : marks.equals(actual.get(example)))) {
                differences.add(example + ": " + actual.get(example) + " instead of " + marks);
            }
        });
        assertThat(differences).isEmpty();
    }

    /**
     * To ecj nothing inside a nested annotation has a place: it underlines the annotation, some lines above. Records, their
     * components and constants of enums have no place at all, so only the codes are compared.
     */
    private static boolean isNear(List<String> found, List<String> marks) {
        if (found.stream().anyMatch(each -> each.startsWith("?:0"))) {
            return codes(found).equals(codes(marks));
        }
        boolean near = found.size() == marks.size();
        for (int i = 0; near && i < found.size(); i++) {
            String[] here = found.get(i).split("[: ]");
            String[] there = marks.get(i).split("[: ]");
            int above = Integer.parseInt(there[1]) - Integer.parseInt(here[1]);
            near = here[0].equals(there[0]) && here[2].equals(there[2]) && above >= 0 && above <= 4;
        }
        return near;
    }

    private static List<String> codes(List<String> places) {
        return places.stream()
                .map(place -> place.substring(place.indexOf(' ') + 1))
                .sorted()
                .toList();
    }

    /** Ours, and errors of the compiler's own: that a type cannot be found it says itself, in the place of our note. */
    private static List<String> errors(Example example, List<Found> found) {
        return found.stream()
                .filter(each -> each.isOurs() || (each.isError() && !isMissingType(each, found)))
                .filter(each -> !LINT.contains(example) || !each.code().equals(Rule.TYPE_OPEN.code()))
                .map(Found::place)
                .sorted()
                .toList();
    }

    /** To ecj our note stands at the method or the annotation, a line above. */
    private static boolean isMissingType(Found error, List<Found> found) {
        return found.stream()
                .anyMatch(note -> note.code().equals(Rule.TYPE_UNRESOLVED.code())
                        && !note.isError()
                        && note.file().equals(error.file())
                        && (note.line() == error.line() || note.line() == error.line() - 1));
    }

    /** Of a javac with all lints everything but our note on open types; of ecj errors, and warnings in what we wrote. */
    private static List<String> complaints(String compiler, List<Found> found) {
        return found.stream()
                .filter(each -> !each.code().equals(Rule.TYPE_OPEN.code()))
                .filter(each -> !compiler.equals("ecj")
                        || each.isError()
                        || each.isOurs()
                        || each.file().startsWith("generated"))
                .map(each -> each.kind() + " " + each.place())
                .toList();
    }

    private static Map<String, List<Found>> compile(String compiler, Path folder) throws Exception {
        List<Example> all = Stream.of(BAD, LINT, GOOD).flatMap(List::stream).toList();
        if (compiler.equals("ecj")) {
            // Modules are for the two javacs: ecj's file manager would keep the module path for all that follows.
            return CompilerWorker.ecj(folder)
                    .compile(all.stream()
                            .filter(example -> !example.isModule() && !example.isCompact())
                            .toList());
        }
        int release = Integer.parseInt(compiler.substring("javac ".length()));
        if (release < 25) {
            all = all.stream().filter(example -> !example.isCompact()).toList();
        }
        if (release == Runtime.version().feature()) {
            return CompilerWorker.javac(folder).compile(all);
        }
        Optional<Path> home = Jdks.find(release);
        assumeTrue(home.isPresent(), () -> "no JDK " + release + " beside this one");
        return inAnotherJvm(home.get(), all, folder);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<Found>> inAnotherJvm(Path home, List<Example> examples, Path folder)
            throws IOException, InterruptedException, ClassNotFoundException {
        Path given = folder.resolve("examples");
        Path results = folder.resolve("results");
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(given))) {
            out.writeObject(new ArrayList<>(examples));
        }
        List<String> command = new ArrayList<>(List.of(Jdks.tool(home, "java").toString()));
        command.addAll(Jdks.brief());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                CompilerWorker.class.getName(),
                given.toString(),
                results.toString()));
        Outcome outcome = Outcome.of(command);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(results))) {
            return (Map<String, List<Found>>) in.readObject();
        }
    }

    @AfterAll
    static void writeTable() throws IOException {
        StringBuilder table = new StringBuilder("| code | example | where | javac 17 | javac 25 | ecj |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (Example example : Stream.concat(BAD.stream(), LINT.stream()).toList()) {
            for (String mark : example.marks().stream().distinct().toList()) {
                table.append("| ")
                        .append(mark.substring(mark.length() - 7))
                        .append(" | ")
                        .append(example.name());
                table.append(" | ").append(mark, 0, mark.length() - 8);
                String first = null;
                for (String compiler : List.of("javac 17", "javac 25", "ecj")) {
                    String said = said(compiler, example, mark, first);
                    table.append(" | ").append(said.equals(first) && said.length() > 20 ? "the same" : said);
                    first = first == null ? said : first;
                }
                table.append(" |\n");
            }
        }
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/diagnostics.md"), table.toString());
    }

    /** Of several near ones of ecj that which another compiler said. */
    private static String said(String compiler, Example example, String mark, @Nullable String first) {
        Map<String, List<Found>> found = RESULTS.get(compiler);
        if (found == null || !found.containsKey(example.name())) {
            return "not run";
        }
        return found.get(example.name()).stream()
                .filter(each -> compiler.equals("ecj")
                        ? isNear(List.of(each.place()), List.of(mark))
                        : each.place().equals(mark))
                .map(each -> each.message()
                        .replaceAll("\\s*\\n\\s*", "; ")
                        .replace("|", "\\|")
                        .substring(9))
                .sorted(Comparator.comparing(message -> !message.equals(first)))
                .findFirst()
                .orElse("silent");
    }
}
