package dev.clew.processor;

import dev.clew.processor.state.StateRule;
import dev.clew.processor.tool.ToolRule;
import dev.clew.processor.validate.Rule;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;

/**
 * Sources that are compiled together. A comment {@code // CLEW001} ends each line that is to be reported.
 *
 * @param name its title, or its file
 * @param sources their texts, by file name
 * @param options what the compiler is given besides
 * @param withRuntime whether Clew's runtime is on the class path
 */
record Example(String name, Map<String, String> sources, List<String> options, boolean withRuntime)
        implements Serializable {
    private static final Pattern CODE = Pattern.compile("CLEW\\d{3}");
    private static final String IMPORTS =
            "import dev.clew.annotations.*; import dev.clew.flow.*;" + " import dev.clew.task.*; import java.util.*;";

    /** What most graphs need, in one line; their state is in a file of its own. */
    private static final String GRAPH = IMPORTS
            + "import static dev.clew.annotations.Node.START; import dev.clew.graph.*; import dev.clew.interrupt.*;"
            + " import java.io.IOException; import java.util.concurrent.*; import org.jspecify.annotations.Nullable;";

    private static final String STATE = IMPORTS + "import org.jspecify.annotations.Nullable;"
            + " @State record Doc(String topic, @Append List<String> notes, @Nullable String draft, int score) {}";

    /** A file of the resources. */
    static Example of(Path file) {
        Map<String, String> sources = new LinkedHashMap<>();
        try {
            for (JavaFileObject source : Sources.read(file)) {
                sources.put(
                        source.getName().replaceFirst("^/", ""),
                        source.getCharContent(true).toString());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new Example(
                file.getFileName().toString().replace(".java", ""),
                sources,
                options(sources),
                !file.endsWith(Rule.RUNTIME_MISSING + ".java")
                        && !file.endsWith(StateRule.GRAPH_MISSING + ".java")
                        && !file.endsWith(ToolRule.TOOL_RUNTIME + ".java"));
    }

    /** What it says in its first line, and the module path for a module. */
    private static List<String> options(Map<String, String> sources) {
        if (sources.containsKey("module-info.java")) {
            return List.of("--module-path", Sources.path(Sources.modulePath()));
        }
        String first = sources.values().iterator().next().lines().findFirst().orElseThrow();
        return first.startsWith("// -A") ? List.of(first.substring(3)) : List.of();
    }

    /** The examples of a file that has many, each below a line {@code === title}. */
    static List<Example> allOf(Path file) {
        List<Example> examples = new ArrayList<>();
        for (String part : Sources.text(file).split("(?m)^=== ")) {
            if (!part.isEmpty()) {
                int end = part.indexOf('\n');
                examples.add(new Example(part.substring(0, end), split(part.substring(end + 1)), List.of(), true));
            }
        }
        return examples;
    }

    private static Map<String, String> split(String text) {
        boolean crlf = text.startsWith("@crlf\n");
        String written =
                text.replace("@crlf\n", "").replace("@imports", IMPORTS).replace("@graph", GRAPH);
        String all = crlf ? written.replace("\n", "\r\n") : written;
        Map<String, String> sources = new LinkedHashMap<>();
        for (String part : all.startsWith("// file: ") ? all.split("(?m)^// file: ") : new String[] {all}) {
            if (part.startsWith("com.")) {
                int end = part.indexOf('\n');
                sources.put(part.substring(0, end).replace('.', '/') + ".java", part.substring(end + 1));
            } else if (!part.isEmpty()) {
                String body = part.matches("(?s)\\w+\\n.*") ? part.substring(part.indexOf('\n') + 1) : part;
                sources.put(mainType(body) + ".java", body);
            }
        }
        if (text.contains("@graph")) {
            sources.put("Doc.java", STATE);
        }
        return sources;
    }

    private static String mainType(String text) {
        Matcher type = Pattern.compile("(?m)^[a-z ]*(?:class|record|interface|enum) ([^\\s(<]+)")
                .matcher(text);
        if (!type.find()) {
            throw new IllegalArgumentException(text);
        }
        return type.group(1);
    }

    /** What is to be reported, each as {@code file:line code}. */
    List<String> marks() {
        List<String> marks = new ArrayList<>();
        if (options.size() == 1) {
            marks.add("?:0 " + Rule.OPTION_UNKNOWN.code());
        }
        sources.forEach((file, text) -> {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String[] parts = lines.get(i).split(" // (?=CLEW)", 2);
                Matcher code = CODE.matcher(parts.length > 1 ? parts[1] : "");
                while (code.find()) {
                    marks.add(file + ":" + (i + 1) + " " + code.group());
                }
            }
        });
        return marks;
    }

    /** Whether it is a source file without a class, which JDK 25 is the first to take. */
    boolean isCompact() {
        return sources.values().iterator().next().startsWith("// JDK 25");
    }

    boolean isModule() {
        return sources.containsKey("module-info.java");
    }

    @Override
    public String toString() {
        return name;
    }
}
