package dev.clew.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records and beans of a named module, in a JVM of modules: which packages the codec reads, and what it says of others. */
@Timeout(120)
final class ModulePathTest {
    private static final Map<String, String> SOURCES = Map.of(
            "module-info.java",
            """
            module consumer {
                requires dev.clew.runtime;
                exports consumer.exported;
                opens consumer.opened to dev.clew.runtime, tools.jackson.databind;
            }
            """,
            "consumer/exported/Shown.java",
            "package consumer.exported; public record Shown(int n) {}",
            "consumer/opened/Opened.java",
            "package consumer.opened; public record Opened(int n) {}",
            "consumer/closed/Closed.java",
            "package consumer.closed; public record Closed(int n) {}",
            "consumer/closed/ClosedBean.java",
            "package consumer.closed; public class ClosedBean { public int getN() { return 1; } public void setN(int n) {} }",
            "consumer/Main.java",
            """
            package consumer;

            import dev.clew.json.JsonCodec;
            import dev.clew.value.TypeRef;

            public final class Main {
                public static void main(String[] arguments) {
                    tell(new consumer.exported.Shown(1));
                    tell(new consumer.opened.Opened(2));
                    tell(new consumer.closed.Closed(3));
                    tell(new consumer.closed.ClosedBean());
                }

                private static void tell(Object value) {
                    try {
                        byte[] bytes = JsonCodec.standard().encode(value, TypeRef.of(value.getClass()));
                        System.out.println(JsonCodec.standard().decode(bytes, TypeRef.of(value.getClass())));
                    } catch (RuntimeException e) {
                        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
                    }
                }
            }
            """);

    @TempDir
    Path folder;

    @Test
    void readsExportedAndOpenedPackagesAndNamesTheOthers() throws Exception {
        String path = modulePath();
        compile(path);

        List<String> lines = run(path + File.pathSeparator + folder.resolve("classes"));

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("Shown[n=1]");
        assertThat(lines.get(1)).isEqualTo("Opened[n=2]");
        assertThat(lines.get(2))
                .startsWith("CodecException")
                .contains("module consumer must open package consumer.closed to dev.clew.runtime");
        assertThat(lines.get(3)).startsWith("CodecException").contains("consumer.closed");
    }

    private static String modulePath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> entry.matches(".*(annotations|messages|runtime).target.classes/?")
                        || entry.matches(".*clew-(annotations|messages)-[^/\\\\]*\\.jar")
                        || entry.matches(".*(jackson-(core|databind|annotations)|slf4j-api|jspecify)-[^/\\\\]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void compile(String path) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("-p", path, "-d", folder.resolve("classes").toString()));
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            Path file = folder.resolve("src").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private static List<String> run(String path) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-p",
                        path,
                        "-m",
                        "consumer/consumer.Main")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }
}
