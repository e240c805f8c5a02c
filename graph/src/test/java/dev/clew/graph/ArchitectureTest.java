package dev.clew.graph;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the map of the module: which room may use which. */
final class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages("dev.clew.graph");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.clew.(**)").should().beFreeOfCycles().check(OURS);
    }

    /** The processor needs it, too, and knows nothing of the runtime. */
    @Test
    void shapeOfAGraphNeedsTheJdkAlone() {
        uses("dev.clew.graph.topology");
    }

    @Test
    void planIsPure() {
        uses("dev.clew.graph.plan", "dev.clew.graph.topology");
    }

    @Test
    void foldIsPure() {
        uses("dev.clew.graph.fold", "dev.clew.annotations", "dev.clew.value");
    }

    private static void uses(String room, String... others) {
        classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(others, room))
                .check(OURS);
    }

    private static String[] with(String[] others, String room) {
        String[] all = java.util.Arrays.copyOf(others, others.length + 7);
        String[] jdk = {
            room,
            "java.lang",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.util..",
            "java.math",
            "org.jspecify.annotations"
        };
        System.arraycopy(jdk, 0, all, others.length, jdk.length);
        return all;
    }
}
