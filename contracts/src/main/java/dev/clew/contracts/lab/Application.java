package dev.clew.contracts.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.tools.ToolProvider;

/** An application in a class loader of its own, as containers and development tools have it. */
public final class Application {
    private Application() {}

    /** Compiles it into this folder, and gives a loader of it. */
    public static URLClassLoader in(Path folder) throws IOException {
        Path source = folder.resolve("App.java");
        try (InputStream text = Objects.requireNonNull(Application.class.getResourceAsStream("App.java.txt"))) {
            Files.copy(text, source);
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        if (failed != 0) {
            throw new AssertionError("the application does not compile");
        }
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("app.App$Greeter"), "app.App$Plain\n");
        return new URLClassLoader(new URL[] {url(classes)}, Application.class.getClassLoader());
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }
}
