package dev.clew.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kit works with the releases of JUnit that applications have, each in a JVM of its own. */
class JUnitVersionsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1.11.4", "1.12.2", "1.13.4"}) // the platforms of JUnit 5.11, 5.12 and 5.13
    void kitWorksWithAnOlderJUnit(String platform) throws Exception {
        Path junit = Path.of("target", "junit", "junit-platform-console-standalone-" + platform + ".jar");
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        junit + File.pathSeparator + classPathWithoutJUnit(),
                        "org.junit.platform.console.ConsoleLauncher",
                        "execute",
                        "--select-class=" + UserOfOlderJUnit.class.getName(),
                        "--include-classname=.*")
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(printed, UTF_8)).contains("3 tests successful", "0 tests failed");
        assertThat(process.exitValue()).isZero();
    }

    private static String classPathWithoutJUnit() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("junit-"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
