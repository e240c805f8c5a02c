package dev.clew.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codec works with the versions of Jackson that applications pin, or says which ones do not fit. */
final class JacksonVersionsTest {
    private static final Path JARS = Path.of("target", "jackson");

    @ParameterizedTest
    @CsvSource({
        "3.0.4, 2.18.4", // Spring Boot 3.4 pins these annotations
        "3.0.4, 2.19.2", // Spring Boot 3.5
        "3.0.4, 2.20", // Spring Boot 4.0
        "3.1.0, 2.21",
    })
    void codecWorksWithOlderVersionsThatFit(String databind, String annotations) throws Throwable {
        assertThat(thereAndBack(databind, annotations))
                .isEqualTo("Order[id=1, times=[1970-01-01T00:00:00Z], note=Optional.empty] bean");
    }

    @ParameterizedTest
    @CsvSource({
        "3.1.0, 2.18.4, 2.21",
        "3.1.0, 2.20,   2.21",
    })
    void codecRefusesVersionsThatDoNotFitAndNamesThem(String databind, String annotations, String needed) {
        Throwable refused = catchThrowable(() -> thereAndBack(databind, annotations));

        assertThat(refused.getClass().getName()).isEqualTo("dev.clew.value.IllegalRequestException");
        assertThat(refused)
                .hasMessageContainingAll(
                        "jackson-databind " + databind,
                        "jackson-annotations " + needed,
                        annotations + " is on the class path",
                        "dependencyManagement");
    }

    private static String thereAndBack(String databind, String annotations) throws Throwable {
        URL[] path = Stream.concat(
                        ownClassPath(),
                        Stream.of(
                                JARS.resolve("jackson-databind-" + databind + ".jar"),
                                JARS.resolve("jackson-core-" + databind + ".jar"),
                                JARS.resolve("jackson-annotations-" + annotations + ".jar")))
                .peek(entry -> assertThat(entry).exists())
                .map(JacksonVersionsTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            return (String) loader.loadClass(JacksonUser.class.getName())
                    .getMethod("thereAndBack")
                    .invoke(null);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    /** Our classes and what they need, without any Jackson. */
    private static Stream<Path> ownClassPath() throws IOException {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.getFileName().toString().startsWith("jackson-"));
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
