package dev.clew.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulation finds mistakes: each of these, built into a copy of the core, breaks a promise within a few schedules. */
class CoreMutantsTest {
    private static final int SCHEDULES = 3_000;
    private static final Path MAIN = Path.of("src/main/java/dev/clew/engine/core");
    private static final Path TEST = Path.of("src/test/java/dev/clew/engine/core");

    @TempDir
    Path copy;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "->", textBlock = """
            an abandoned attempt keeps its permit  -> RunCore.java   -> callbacks.givePermit();                         -> ;
            the winner of a race resumes nobody    -> RunCore.java   -> callbacks.resume(scope);                        -> if (!scope.blockedOn().isRace()) { callbacks.resume(scope); }
            a placed outcome is not active         -> StepPhase.java -> || this == RUNNING || this == PLACED            -> || this == RUNNING
            a discard takes a placed outcome       -> RunCore.java   -> !step.atRest() && !step.isPlaced()              -> !step.atRest()
            a cancelled step leaves its children   -> RunCore.java   -> discardBelow(step); abandonNewest(step); settle -> abandonNewest(step); settle
            a stopped scope goes on waiting        -> RunCore.java   -> } resume(scope); } callbacks.abandon            -> } } callbacks.abandon
            a parked step forgets its answer       -> RunCore.java   -> answers.add(question);                         -> ;
            an orphan runs twice                   -> RunCore.java   -> CoreStep orphan = orphans.take(path);           -> CoreStep orphan = null;
            a second retry is not waited for       -> DueSteps.java  -> queue.add(new Due(step.due(), step));           -> if (step.failedAttempts() < 2) { queue.add(new Due(step.due(), step)); }
            a cancelled step loses its permit      -> RunCore.java   -> to(step, StepPhase.OFFERED); step.grant(true);  -> to(step, StepPhase.OFFERED);
            orphans of a cancelled scope go on     -> RunCore.java   -> orphans.takeBelow(step.path()).forEach(this::discard); -> if (step.newest() != null) { orphans.takeBelow(step.path()).forEach(this::discard); }
            the last outcome wins a race           -> Races.java     -> step.seq() < first.seq()                        -> step.seq() > first.seq()
            a joined timer never wins a race       -> Races.java     -> (joined || isDue(step, now))                    -> isDue(step, now)
            a limit counts while its scope waits   -> RunCore.java   -> (scope == null || scope.blockedOn() == null)    -> true
            a retry is the first attempt again     -> RunCore.java   -> step.failedAttempts(failed); return sleep(      -> return sleep(
            a resumed scope counts as blocked      -> RunCore.java   -> blocked.remove(scope);                          -> ;
            """)
    void isFound(String mutant, String file, String original, String mutated) throws Exception {
        mutate(file, original, mutated);
        try (URLClassLoader mutants = load()) {
            Class<?> simulation = Class.forName("dev.clew.engine.core.CoreSimulation", true, mutants);
            assertThat(firstFault(simulation)).as(mutant).isPositive();
        }
    }

    /** Copies the core and its simulation, with one change; spaces and line breaks of the original do not matter. */
    private void mutate(String file, String original, String mutated) throws IOException {
        Path sources = Files.createDirectories(copy.resolve("sources"));
        for (Path folder : List.of(MAIN, TEST)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path source : files.toList()) {
                    if (!source.getFileName().toString().endsWith("Test.java")) {
                        String text = Files.readString(source).replaceAll("(?m)^\\s*//.*$", "");
                        Files.writeString(sources.resolve(source.getFileName()), text.replaceAll("\\s+", " "));
                    }
                }
            }
        }
        Path target = sources.resolve(file);
        String before = Files.readString(target);
        assertThat(before).contains(original);
        Files.writeString(target, before.replace(original, mutated));
    }

    private URLClassLoader load() throws IOException {
        Path classes = Files.createDirectories(copy.resolve("classes"));
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        try (Stream<Path> sources = Files.list(copy.resolve("sources"))) {
            sources.map(Path::toString).forEach(arguments::add);
        }
        assertThat(javac.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return new MutantLoader(classes.toUri().toURL());
    }

    /** Takes the core and its simulation from the copy, and everything else from where it is. */
    private static final class MutantLoader extends URLClassLoader {
        MutantLoader(URL classes) {
            super(new URL[] {classes}, CoreMutantsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                boolean ours = name.startsWith("dev.clew.engine.core.");
                Class<?> known = findLoadedClass(name);
                return known != null ? known : ours ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }

    /** The first seed whose schedule breaks a promise; -1 if none does. */
    private static long firstFault(Class<?> simulation) throws Exception {
        Constructor<?> made = simulation.getDeclaredConstructor(long.class);
        Method run = simulation.getDeclaredMethod("run");
        made.setAccessible(true);
        run.setAccessible(true);
        for (long seed = 1; seed <= SCHEDULES; seed++) {
            try {
                Object unused = run.invoke(made.newInstance(seed));
            } catch (InvocationTargetException fault) {
                return seed;
            }
        }
        return -1;
    }
}
