package dev.clew.samples.payments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that pays, until it dies. */
final class KilledProcess {
    private KilledProcess() {}

    static void runUntilItDies(Path db, String point) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Payments.class.getName(),
                        "--db",
                        db.toString(),
                        "--until",
                        point))
                .inheritIO()
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the process that pays did not die; its errors are above");
        }
    }
}
