package dev.clew.processor;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.clew.Graph;
import dev.clew.annotations.Task;
import dev.clew.messages.Message;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectMapper;

/** Test sources on the class path, and compilers for them. */
final class Sources {
    private Sources() {}

    /** Every lint but the one about annotations that no processor claims: ours would starve others if it claimed any. */
    static Compiler strict() {
        return compiler("-Xlint:all,-processing", "-Xdoclint:all,-missing", "-Werror");
    }

    /** A compiler that goes on after errors as far as it can, and so finds what a stub lacks. */
    static Compiler thorough() {
        return compiler("--should-stop=ifError=FLOW");
    }

    /** A compiler as most users have it: it stops early after errors. */
    static Compiler usual() {
        return compiler();
    }

    private static Compiler compiler(Object... options) {
        return Compiler.javac().withProcessors(new WorkflowProcessor()).withOptions(options);
    }

    /** What a named module needs that uses Clew, and no more: most test libraries cannot be modules together. */
    static List<File> modulePath() {
        Stream<Class<?>> needed = Stream.of(
                Task.class,
                Graph.class,
                Message.class,
                Nullable.class,
                Logger.class,
                ObjectMapper.class,
                JsonParser.class,
                JsonProperty.class);
        return needed.map(Sources::home).toList();
    }

    /** The folder or jar that a class is loaded from. */
    static File home(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    static String path(List<File> files) {
        return files.stream().map(File::getPath).collect(Collectors.joining(File.pathSeparator));
    }

    static JavaFileObject source(String qualifiedName, String text) {
        return JavaFileObjects.forSourceString(qualifiedName, text);
    }

    /** The files of a folder of resources, ordered by name. */
    static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(root().resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file as one source, or as several, each below a line {@code // file: qualified.Name}. */
    static List<JavaFileObject> read(Path file) {
        String text = text(file);
        if (!text.startsWith("// file: ")) {
            return List.of(source(file.getFileName().toString().replace(".java", ""), text));
        }
        List<JavaFileObject> sources = new ArrayList<>();
        for (String part : text.split("(?m)^// file: ")) {
            if (!part.isEmpty()) {
                int end = part.indexOf('\n');
                sources.add(source(part.substring(0, end), part.substring(end + 1)));
            }
        }
        return sources;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(JavaFileObject file) {
        try {
            return file.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a compilation generated, by file name. */
    static Map<String, String> generated(Compilation compilation) {
        Map<String, String> files = new TreeMap<>();
        for (JavaFileObject file : compilation.generatedSourceFiles()) {
            files.put(file.getName().replace("/SOURCE_OUTPUT/", ""), text(file));
        }
        return files;
    }

    /** Loads a class that was compiled, beside those of the test. */
    static Class<?> load(Compilation compilation, String qualifiedName) throws ClassNotFoundException {
        Map<String, byte[]> classes = classes(compilation);
        return Class.forName(qualifiedName, true, new ClassLoader(Sources.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] code = classes.get(name.replace('.', '/') + ".class");
                if (code == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, code, 0, code.length);
            }
        });
    }

    /** Writes the classes of a compilation to a folder. */
    static void saveClasses(Compilation compilation, Path folder) {
        classes(compilation).forEach((name, code) -> {
            try {
                Files.createDirectories(folder.resolve(name).getParent());
                Files.write(folder.resolve(name), code);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static List<File> classPathWith(Path folder) {
        return Stream.concat(
                        Stream.of(folder.toFile()),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(File::new))
                .toList();
    }

    private static Map<String, byte[]> classes(Compilation compilation) {
        Map<String, byte[]> classes = new TreeMap<>();
        for (JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() == JavaFileObject.Kind.CLASS) {
                classes.put(file.getName().replace("/CLASS_OUTPUT/", ""), bytes(file));
            }
        }
        return classes;
    }

    private static byte[] bytes(JavaFileObject file) {
        try (InputStream in = file.openInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        return Path.of("src/test/resources");
    }
}
