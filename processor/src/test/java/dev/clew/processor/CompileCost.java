package dev.clew.processor;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the processor costs: 500 annotated classes compiled with it, against the same classes and the 1,000 that it
 * generates for them, given to a javac without processors. Both produce the same class files, so the ratio is what reading,
 * judging, generating, parsing a second round and the lint add.
 *
 * <p>Measures the CPU time of whole compilations, garbage collection and JIT included, in turns: in a fresh JVM each, as
 * {@code javac} on a command line does it, and in one warm JVM, as a build daemon does it. Run with the class path of the
 * tests: {@code java -cp … dev.clew.processor.CompileCost 7}.
 */
public final class CompileCost {
    private static final int CLASSES = 500;

    private CompileCost() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3) {
            System.out.println(cpu(Path.of(arguments[1]), arguments[2].equals("with")));
            return;
        }
        int runs = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("cost");
        write(folder.resolve("src"));
        cpu(folder, true); // leaves what is generated for the other side
        measure("warm", runs, with -> cpu(folder, with));
        measure("cold", runs, with -> cold(folder, with));
    }

    private interface Side {
        double seconds(boolean withProcessor) throws Exception;
    }

    private static void measure(String name, int runs, Side side) throws Exception {
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            without.add(side.seconds(false));
            with.add(side.seconds(true));
        }
        System.out.printf(
                Locale.ROOT,
                "%s: with %.2f s %s, without %.2f s %s, ratio of medians %.3f%n",
                name,
                median(with),
                with,
                median(without),
                without,
                median(with) / median(without));
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    private static double cold(Path folder, boolean withProcessor) throws Exception {
        Outcome outcome = Outcome.of(List.of(
                Jdks.tool(Path.of(System.getProperty("java.home")), "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CompileCost.class.getName(),
                "once",
                folder.toString(),
                withProcessor ? "with" : "without"));
        return Double.parseDouble(outcome.output().strip());
    }

    private static double cpu(Path folder, boolean withProcessor) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = system.getProcessCpuTime();
        Path out = Files.createDirectories(folder.resolve(withProcessor ? "with" : "without"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                new ArrayList<>(List.of("-nowarn", "-d", out.toString(), "-cp", System.getProperty("java.class.path")));
        options.addAll(withProcessor ? List.of("-s", folder(folder.resolve("generated"))) : List.of("-proc:none"));
        List<Path> sources = new ArrayList<>(files(folder.resolve("src")));
        if (!withProcessor) {
            sources.addAll(files(folder.resolve("generated")));
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task = compiler.getTask(
                    Writer.nullWriter(), files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
            if (withProcessor) {
                task.setProcessors(List.of(new WorkflowProcessor()));
            }
            if (!task.call()) {
                throw new IllegalStateException("it does not compile");
            }
        }
        return Math.round((system.getProcessCpuTime() - start) / 1e7) / 100.0;
    }

    private static String folder(Path folder) throws IOException {
        return Files.createDirectories(folder).toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** Each like the essay of the README, which is what a flow is usually like. */
    private static void write(Path folder) throws IOException {
        String essay = Sources.text(Path.of("src/test/resources/good/EssayFlow.java"));
        for (int i = 0; i < CLASSES; i++) {
            String name = "EssayFlow" + i;
            Path file = folder.resolve("com/acme/" + name + ".java".replace('/', File.separatorChar));
            Files.createDirectories(file.getParent());
            Files.writeString(file, essay.replaceAll("EssayFlow(?=\\W|Tasks)", name));
        }
    }
}
