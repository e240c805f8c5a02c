package dev.clew;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the map of the house: which room may use which, and what only one place may do. Sizes are held by {@link LimitsTest}. */
final class ArchitectureTest {

    /** Every package of ours and its level; a room may use rooms of lower levels only, so never one beside it. */
    private static final Map<String, Integer> LEVELS = Map.ofEntries(
            // modules of their own, which are beside the classes of this one where all are compiled together
            Map.entry("dev.clew.annotations..", -3),
            Map.entry("dev.clew.messages..", -2),
            Map.entry("dev.clew.model..", -1),
            Map.entry("dev.clew.value..", 0),
            Map.entry("dev.clew.json.form", 1),
            Map.entry("dev.clew.json.shape", 2),
            Map.entry("dev.clew.json.jackson", 3),
            Map.entry("dev.clew.json.message", 3),
            Map.entry("dev.clew.json", 4),
            Map.entry("dev.clew.task..", 5),
            Map.entry("dev.clew.store..", 5),
            Map.entry("dev.clew.cache..", 5),
            Map.entry("dev.clew.interrupt..", 5),
            Map.entry("dev.clew.state..", 6),
            Map.entry("dev.clew.index..", 7),
            Map.entry("dev.clew.verify..", 7),
            Map.entry("dev.clew.queue..", 8),
            Map.entry("dev.clew.schedule..", 9),
            Map.entry("dev.clew.checkpoint..", 10),
            Map.entry("dev.clew.stream..", 10),
            Map.entry("dev.clew.flow..", 11),
            Map.entry("dev.clew.spi..", 12),
            Map.entry("dev.clew.effect..", 13),
            Map.entry("dev.clew.engine.events..", 14),
            Map.entry("dev.clew.engine.log..", 14),
            Map.entry("dev.clew.engine.schema..", 14),
            Map.entry("dev.clew.engine.core..", 15),
            Map.entry("dev.clew.engine.format..", 15),
            Map.entry("dev.clew.engine.work..", 15),
            Map.entry("dev.clew.engine.world..", 15),
            Map.entry("dev.clew.engine.cache..", 16),
            Map.entry("dev.clew.engine.stored..", 16),
            Map.entry("dev.clew.engine.edit..", 17),
            Map.entry("dev.clew.engine.follow..", 17),
            Map.entry("dev.clew.engine.request..", 17),
            Map.entry("dev.clew.engine.schedule..", 17),
            Map.entry("dev.clew.engine.setup..", 17),
            Map.entry("dev.clew.engine.host..", 18),
            Map.entry("dev.clew.engine.run..", 18),
            Map.entry("dev.clew.engine.scope..", 19),
            Map.entry("dev.clew.engine.caller..", 20),
            Map.entry("dev.clew.engine.active..", 21),
            Map.entry("dev.clew.engine.answer..", 22),
            Map.entry("dev.clew.engine.queue..", 23),
            Map.entry("dev.clew.engine.admission..", 24),
            Map.entry("dev.clew.engine", 25),
            Map.entry("dev.clew.engine.housekeeping..", 26),
            Map.entry("dev.clew.engine.verify..", 26),
            Map.entry("dev.clew", 27));

    /** The one class that may ask the machine for time, chance and sleep. */
    private static final String TIME = "dev.clew.engine.world.Machine";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages("dev.clew");

    @Test
    void everyPackageIsARoom() {
        check(classes().should().resideInAnyPackage(LEVELS.keySet().toArray(String[]::new)));
    }

    /** Matched from above our root: {@code dev.clew.(**)} would leave the root package out, and its cycles with it. */
    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("dev.(**)").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void roomUsesLowerRoomsOnly(String room, String[] forbidden) {
        check(noClasses().that().resideInAPackage(room).should().dependOnClassesThat(resideInAnyPackage(forbidden)));
    }

    static Stream<Arguments> rooms() {
        return LEVELS.keySet().stream().sorted().map(room -> arguments(room, notBelow(room)));
    }

    private static String[] notBelow(String room) {
        return LEVELS.keySet().stream()
                .filter(other -> !other.equals(room) && LEVELS.get(other) >= LEVELS.get(room))
                .toArray(String[]::new);
    }

    /** Annotations alone are allowed for what web frameworks write: they need no Jackson to be loaded. */
    @Test
    void onlyTheCodecKnowsJackson() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.clew.json..")
                .and()
                .doNotHaveFullyQualifiedName("dev.clew.interrupt.PendingInterrupt")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.."));
    }

    @Test
    void pendingQuestionsKnowAnnotationsOfJacksonOnly() {
        check(noClasses()
                .that()
                .haveFullyQualifiedName("dev.clew.interrupt.PendingInterrupt")
                .should()
                .dependOnClassesThat(describe(
                        "belong to Jackson and are no annotation",
                        type -> (type.getPackageName().startsWith("tools.jackson")
                                        || type.getPackageName().startsWith("com.fasterxml"))
                                && !type.getPackageName().equals("com.fasterxml.jackson.annotation"))));
    }

    @Test
    void nothingKnowsJdbc() {
        check(noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql.."));
    }

    /** What a run decides needs no threads, locks, stores or clocks. */
    @Test
    void coreOfARunIsPure() {
        check(classes()
                .that()
                .resideInAPackage("dev.clew.engine.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.clew.engine.core..",
                        "dev.clew.engine.log..",
                        "java.lang..",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "org.jspecify.annotations"));
    }

    @Test
    void engineAsksOnePlaceForTimeAndChance() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.clew.engine..")
                .and(describe("are not " + TIME, type -> !isTime(type)))
                .should()
                .accessTargetWhere(reaches(System.class, "currentTimeMillis")
                        .or(reaches(Thread.class, "sleep"))
                        .or(reaches(UUID.class, "randomUUID"))
                        .or(reaches(Random.class, "<init>"))));
    }

    private static boolean isTime(JavaClass type) {
        return type.getName().equals(TIME) || type.getName().startsWith(TIME + "$");
    }

    /** A call or a method reference, whatever the parameters. */
    private static DescribedPredicate<JavaAccess<?>> reaches(Class<?> owner, String member) {
        return describe(
                owner.getSimpleName() + "." + member,
                access -> access.getTargetOwner().isEquivalentTo(owner)
                        && access.getTarget().getName().equals(member));
    }

    /** A room that is still empty breaks no rule. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }
}
