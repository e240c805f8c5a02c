package dev.clew.processor;

import com.palantir.javapoet.ClassName;
import dev.clew.annotations.Task;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A folder with sources that the tools of a JDK compile and run, each in a process of its own unless said otherwise. */
record Project(Path folder, Path jdk) {
    /** On the JDK that runs the tests. */
    static Project in(Path folder) {
        return new Project(folder, Path.of(System.getProperty("java.home")));
    }

    Project with(String file, String text) throws IOException {
        Path path = folder.resolve("src").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    /** What the processor needs, and nothing that a user's code could need. */
    static String processorPath() {
        return Sources.path(Stream.of(WorkflowProcessor.class, Task.class, ClassName.class)
                .map(Sources::home)
                .toList());
    }

    Path classes() {
        return folder.resolve("classes");
    }

    Outcome javac(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Jdks.tool(jdk, "javac").toString()));
        Jdks.brief().forEach(option -> command.add("-J" + option));
        command.addAll(arguments(options));
        return Outcome.of(command);
    }

    /**
     * The same with the javac of this JVM: a process of its own would take most of the time. It finds the processors of this
     * JVM's class path, too.
     */
    Outcome compile(String... options) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, output, output, arguments(options).toArray(String[]::new));
        return new Outcome(status, output.toString(StandardCharsets.UTF_8));
    }

    private List<String> arguments(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-d", classes().toString()));
        arguments.addAll(List.of(options));
        try (Stream<Path> files = Files.walk(folder.resolve("src"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .sorted()
                    .forEach(arguments::add);
        }
        return arguments;
    }

    Outcome java(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Jdks.tool(jdk, "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        return Outcome.of(command);
    }

    /** Our classes and those of others, as a user has them. */
    static String classPath() {
        return Sources.path(Sources.modulePath());
    }

    String with(String path) {
        return classes() + File.pathSeparator + path;
    }
}
