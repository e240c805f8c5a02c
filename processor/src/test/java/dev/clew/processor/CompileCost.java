package dev.clew.processor;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the processor costs: annotated classes, compiled in several ways. A class that uses what is generated for it does not
 * compile without it, so the others are measured by a javac without processors that is given the same classes and the
 * generated files as sources: it ends with the same class files. What a processor adds that only copies these files is
 * javac's own: it enters all classes once per round, and there are three.
 *
 * <p>Measures the CPU time of whole compilations, garbage collection and JIT included, in turns: in a fresh JVM each, as
 * {@code javac} on a command line does it, and in one warm JVM, as a build daemon does it. {@code processor/cost} runs it.
 */
public final class CompileCost {
    /** A way to compile the classes. */
    private enum Way {
        PLAIN("without processors, classes and generated files"),
        COPY("with a processor that copies the generated files"),
        CLEW("with Clew's processor"),
        CLEW_NO_LINT("with Clew's processor, -Aclew.lint=off"),
        ALONE("without processors, the classes alone; what is generated is on the class path");

        private final String meaning;

        Way(String meaning) {
            this.meaning = meaning;
        }

        List<Processor> processors(Path generated) {
            return switch (this) {
                case PLAIN, ALONE -> List.of();
                case COPY -> List.of(new CopyingProcessor(generated));
                case CLEW, CLEW_NO_LINT -> List.of(new WorkflowProcessor());
            };
        }
    }

    private interface Measured {
        double seconds(Way way) throws Exception;
    }

    private final Path folder;

    private CompileCost(Path folder) {
        this.folder = folder;
    }

    /** Arguments: how many rounds, how many classes. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("once")) {
            System.out.println(new CompileCost(Path.of(arguments[1])).cpu(Way.valueOf(arguments[2])));
            return;
        }
        CompileCost cost = new CompileCost(Files.createTempDirectory("cost"));
        int rounds = Integer.parseInt(arguments[0]);
        try {
            cost.writeClasses(Integer.parseInt(arguments[1]));
            cost.cpu(Way.CLEW); // leaves what is generated for the other ways
            measure("cold", rounds, cost::cold);
            for (int i = 0; i < 3; i++) {
                for (Way way : Way.values()) {
                    cost.cpu(way); // what comes first in a round is not to pay for the JIT of the others
                }
            }
            measure("warm", rounds, cost::cpu);
        } finally {
            delete(cost.folder);
        }
    }

    private static void measure(String name, int rounds, Measured measured) throws Exception {
        Map<Way, List<Double>> seconds = new EnumMap<>(Way.class);
        for (int i = 0; i < rounds; i++) {
            for (Way way : Way.values()) {
                seconds.computeIfAbsent(way, each -> new ArrayList<>()).add(measured.seconds(way));
            }
        }
        double plain = median(seconds.get(Way.PLAIN));
        seconds.forEach((way, all) -> System.out.printf(
                Locale.ROOT, "%s: %6.2f s, x %.2f  %s %s%n", name, median(all), median(all) / plain, way.meaning, all));
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    private double cold(Way way) throws Exception {
        Outcome outcome = Outcome.of(List.of(
                Jdks.tool(Path.of(System.getProperty("java.home")), "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CompileCost.class.getName(),
                "once",
                folder.toString(),
                way.name()));
        return Double.parseDouble(outcome.output().strip());
    }

    private double cpu(Way way) throws IOException {
        Path out = folder.resolve(way.name());
        delete(out);
        Files.createDirectories(out.resolve("classes"));
        Files.createDirectories(out.resolve("generated"));
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = system.getProcessCpuTime();
        compile(way, out);
        return Math.round((system.getProcessCpuTime() - start) / 1e7) / 100.0;
    }

    private void compile(Way way, Path out) throws IOException {
        Path clew = folder.resolve(Way.CLEW.name());
        List<Processor> processors = way.processors(clew.resolve("generated"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = new ArrayList<>(files(folder.resolve("src")));
            if (way == Way.PLAIN) {
                sources.addAll(files(clew.resolve("generated")));
            }
            String classPath = System.getProperty("java.class.path");
            List<String> options = new ArrayList<>(List.of(
                    "-nowarn",
                    "-d",
                    out.resolve("classes").toString(),
                    "-s",
                    out.resolve("generated").toString(),
                    "-cp",
                    way == Way.ALONE ? clew.resolve("classes") + File.pathSeparator + classPath : classPath));
            if (processors.isEmpty()) {
                options.add("-proc:none");
            }
            if (way == Way.CLEW_NO_LINT) {
                options.add("-Aclew.lint=off");
            }
            JavaCompiler.CompilationTask task = compiler.getTask(
                    Writer.nullWriter(), files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(processors);
            if (!task.call()) {
                throw new IllegalStateException("it does not compile");
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> found = Files.walk(folder)) {
                for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Each like the essay of the samples, which is what a flow is usually like. */
    private void writeClasses(int classes) throws IOException {
        String essay = Sources.text(Path.of("src/test/resources/good/EssayFlow.java"));
        Path room = Files.createDirectories(folder.resolve("src/com/acme"));
        for (int i = 0; i < classes; i++) {
            String name = "EssayFlow" + i;
            Files.writeString(room.resolve(name + ".java"), essay.replaceAll("EssayFlow(?=\\W|Tasks)", name));
        }
    }
}
