package dev.clew.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What the processor says of types of the JDK is what the standard codec says when a graph is built. */
class PlatformTypesTest {
    private static final List<String> ALL_MESSAGES = List.of("-Xmaxerrs", "9999", "-Xmaxwarns", "9999");

    private final Codec codec = JsonCodec.standard();

    @Test
    void theProcessorAndTheCodecJudgeAlike() throws ReflectiveOperationException {
        Map<String, String> expected = table();
        List<String> types = List.copyOf(expected.keySet());
        Set<String> reported = reported(types);
        List<TypeRef<?>> refs = refs(types);

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            String actual = verdict(reported.contains(type), isStored(refs.get(i)));
            if (!actual.equals(expected.get(type))) {
                differences.add(type + " is " + actual + ", not " + expected.get(type));
            }
        }

        assertThat(types).hasSizeGreaterThan(150);
        assertThat(differences).isEmpty();
    }

    /** All public types of four modules, without type arguments: a false alarm is worse than a miss. */
    @Test
    void noTypeOfTheJdkIsReportedThatTheCodecTakes() throws IOException {
        Map<String, Class<?>> types = platformTypes();
        Set<String> falseAlarms = new TreeSet<>();
        Set<String> misses = new TreeSet<>();
        Set<String> reported = reported(List.copyOf(types.keySet()));
        types.forEach((name, type) -> {
            boolean stored = isStored(TypeRef.of(type));
            if (stored && reported.contains(name)) {
                falseAlarms.add(name);
            } else if (!stored && !reported.contains(name) && Modifier.isAbstract(type.getModifiers())) {
                misses.add(name);
            }
        });

        assertThat(types).hasSizeGreaterThan(1_000);
        assertThat(falseAlarms).containsExactly("java.lang.Number", "java.lang.Object");
        // A set of raw constants is refused; sealed types of the JDK and annotations are nobody's values.
        assertThat(misses)
                .filteredOn(
                        name -> !types.get(name).isSealed() && !types.get(name).isAnnotation())
                .isSubsetOf("java.util.EnumSet", "java.util.concurrent.TransferQueue");
    }

    private static String verdict(boolean isReported, boolean isStored) {
        return isStored ? isReported ? "PLAIN" : "STORED" : isReported ? "REFUSED" : "MISSED";
    }

    private boolean isStored(TypeRef<?> type) {
        try {
            codec.check(type);
            return true;
        } catch (CodecException refused) {
            return false;
        }
    }

    private static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        String section = "";
        for (String line : Sources.text(Path.of("src/test/resources/values/platform.txt"))
                .lines()
                .toList()) {
            if (line.startsWith("== ")) {
                section = line.substring(3, line.indexOf(':'));
            } else if (!line.startsWith("#")) {
                table.put(line, section);
            }
        }
        return table;
    }

    /** Those of the types of which the processor says anything, as parameters of tasks, each on its own line. */
    private static Set<String> reported(List<String> types) {
        Compilation compilation = Sources.usual().withOptions(ALL_MESSAGES).compile(flow(types));
        Set<String> reported = new TreeSet<>();
        for (Diagnostic<? extends JavaFileObject> each : compilation.diagnostics()) {
            String message = each.getMessage(null);
            if (message.startsWith("CLEW")) {
                assertThat(message).containsPattern("^CLEW0(27|28|29|32)");
                reported.add(types.get((int) each.getLineNumber() - 2));
            } else {
                assertThat(each.getKind()).as(message).isNotEqualTo(Diagnostic.Kind.ERROR);
            }
        }
        return reported;
    }

    private static JavaFileObject flow(List<String> types) {
        StringBuilder source = new StringBuilder("class Flow {");
        for (int i = 0; i < types.size(); i++) {
            source.append("\n@dev.clew.annotations.Task void t%d(%s value) {}".formatted(i, types.get(i)));
        }
        source.append("\n@dev.clew.annotations.Entrypoint void go() {}\n}");
        return Sources.source("Flow", source.toString());
    }

    @SuppressWarnings("unchecked")
    private static List<TypeRef<?>> refs(List<String> types) throws ReflectiveOperationException {
        String refs = types.stream()
                .map(type -> "new dev.clew.value.TypeRef<%s>() {}".formatted(type.equals("int") ? "Integer" : type))
                .collect(Collectors.joining(",\n"));
        Compilation compilation = Compiler.javac()
                .compile(Sources.source(
                        "Refs",
                        "public class Refs { public static final java.util.List<dev.clew.value.TypeRef<?>> ALL ="
                                + " java.util.List.of(" + refs + "); }"));
        assertThat(compilation.errors()).isEmpty();
        return (List<TypeRef<?>>)
                Sources.load(compilation, "Refs").getField("ALL").get(null);
    }

    private static Map<String, Class<?>> platformTypes() throws IOException {
        FileSystem image = FileSystems.getFileSystem(URI.create("jrt:/"));
        Map<String, Class<?>> types = new TreeMap<>();
        for (String module : List.of("java.base", "java.sql", "java.logging", "java.net.http")) {
            Path root = image.getPath("/modules", module);
            List<String> names = new ArrayList<>();
            try (Stream<Path> files = Files.walk(root.resolve("java"))) {
                files.map(file -> root.relativize(file).toString())
                        .filter(file -> file.endsWith(".class"))
                        .forEach(file -> names.add(file.replace(".class", "").replace('/', '.')));
            }
            names.forEach(name -> addPublic(name, types));
        }
        List<String> names = List.copyOf(types.keySet());
        // Those that the compiler itself refuses, such as a preview of the JDK.
        for (Diagnostic<?> error :
                Compiler.javac().withOptions(ALL_MESSAGES).compile(flow(names)).errors()) {
            types.remove(names.get((int) error.getLineNumber() - 2));
        }
        return types;
    }

    private static void addPublic(String name, Map<String, Class<?>> types) {
        try {
            Class<?> type = Class.forName(name, false, PlatformTypesTest.class.getClassLoader());
            boolean isPublic = true;
            for (Class<?> each = type; each != null; each = each.getDeclaringClass()) {
                isPublic &= Modifier.isPublic(each.getModifiers());
            }
            if (isPublic) {
                types.put(type.getCanonicalName(), type);
            }
        } catch (ClassNotFoundException | NoClassDefFoundError notThere) {
            // Such as a class that only another module's loader sees.
        }
    }
}
