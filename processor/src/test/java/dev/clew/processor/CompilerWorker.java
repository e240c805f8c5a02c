package dev.clew.processor;

import dev.clew.Graph;
import dev.clew.annotations.Task;
import dev.clew.graph.GraphSpec;
import dev.clew.tools.AgentTool;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.jspecify.annotations.Nullable;

/** Compiles many examples with one compiler, in this JVM or, by {@link #main}, in that of another JDK. */
public final class CompilerWorker {
    private final JavaCompiler compiler;
    private final List<String> options;
    private final Path folder;

    private CompilerWorker(JavaCompiler compiler, List<String> options, Path folder) {
        this.compiler = compiler;
        this.options = options;
        this.folder = folder;
    }

    static CompilerWorker javac(Path folder) {
        return javac(folder, List.of("-Xlint:all,-processing", "-Xdoclint:all,-missing", "-Xmaxwarns", "1000"));
    }

    static CompilerWorker javac(Path folder, List<String> options) {
        return new CompilerWorker(ToolProvider.getSystemJavaCompiler(), options, folder);
    }

    static CompilerWorker ecj(Path folder) {
        List<String> options = Runtime.version().feature() > 17 ? List.of("--release", "17") : List.of("-17");
        return new CompilerWorker(new EclipseCompiler(), options, folder);
    }

    /** Compiles with the javac of the JVM that it is started in. Arguments: the examples' file, the results' file. */
    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        Path results = Path.of(arguments[1]);
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(Path.of(arguments[0])));
                ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(results))) {
            out.writeObject(
                    javac(Files.createTempDirectory(results.toAbsolutePath().getParent(), "examples"))
                            .compile((List<Example>) in.readObject()));
        }
    }

    /** With one file manager for all: opening the JDK's classes anew for each would take most of the time. */
    Map<String, List<Found>> compile(List<Example> examples) throws IOException {
        Map<String, List<Found>> found = new LinkedHashMap<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            for (Example example : examples) {
                found.put(example.name(), compile(example, files));
            }
        }
        return found;
    }

    private List<Found> compile(Example example, StandardJavaFileManager files) throws IOException {
        Path root = Files.createTempDirectory(folder, "example").toRealPath();
        List<Path> sources = new ArrayList<>();
        for (Map.Entry<String, String> source : example.sources().entrySet()) {
            Path file = root.resolve("src").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            sources.add(Files.writeString(file, source.getValue()));
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        files.setLocation(StandardLocation.CLASS_PATH, classPath(example.withRuntime()));
        files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(folder(root, "classes")));
        files.setLocation(StandardLocation.SOURCE_OUTPUT, List.of(folder(root, "generated")));
        List<String> all =
                Stream.concat(options.stream(), example.options().stream()).toList();
        Writer silent = Writer.nullWriter(); // ecj prints what it tells the listener
        JavaCompiler.CompilationTask task =
                compiler.getTask(silent, files, said, all, null, files.getJavaFileObjectsFromPaths(sources));
        task.setProcessors(List.of(new WorkflowProcessor()));
        task.call();
        return said.getDiagnostics().stream().map(each -> found(root, each)).toList();
    }

    private static File folder(Path root, String name) throws IOException {
        return Files.createDirectories(root.resolve(name)).toFile();
    }

    private static List<File> classPath(boolean withRuntime) {
        Stream<Class<?>> needed = withRuntime
                ? Stream.of(Task.class, Nullable.class, Graph.class, GraphSpec.class, AgentTool.class)
                : Stream.of(Task.class, Nullable.class);
        return needed.map(Sources::home).toList();
    }

    private static Found found(Path root, Diagnostic<? extends JavaFileObject> each) {
        String file = "?";
        if (each.getSource() != null) {
            Path path = Path.of(each.getSource().toUri());
            file = root.relativize(path).toString().replace('\\', '/').replaceFirst("^src/", "");
        }
        return new Found(each.getKind().name(), file, Math.max(0, each.getLineNumber()), each.getMessage(Locale.ROOT));
    }
}
