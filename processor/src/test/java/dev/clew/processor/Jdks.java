package dev.clew.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs that lie beside the one that runs the tests. */
final class Jdks {
    private Jdks() {}

    /** The home of a JDK of a feature release. */
    static Optional<Path> find(int release) throws IOException {
        Path here = Path.of(System.getProperty("java.home")).toRealPath();
        if (Runtime.version().feature() == release) {
            return Optional.of(here);
        }
        try (Stream<Path> beside = Files.list(here.getParent())) {
            return beside.filter(home -> is(home, release)).sorted().findFirst();
        }
    }

    private static boolean is(Path home, int release) {
        Path description = home.resolve("release");
        return Files.isExecutable(home.resolve("bin/javac"))
                && Files.isReadable(description)
                && Sources.text(description).contains("JAVA_VERSION=\"" + release);
    }

    /**
     * Options for the JVM of a compiler: it lives too short for C2, and its own classes need not be verified each time. What a
     * compiler made is run without these.
     */
    static List<String> brief() {
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote");
    }

    static Path tool(Path home, String name) {
        return home.resolve("bin").resolve(name);
    }
}
