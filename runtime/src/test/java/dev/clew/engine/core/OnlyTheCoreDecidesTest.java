package dev.clew.engine.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The states of steps, scopes and attempts change in the core alone, and one method of it changes the phase of a step. */
class OnlyTheCoreDecidesTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.clew.engine");

    @Test
    void noClassButRunCoreChangesThePhaseOfAStep() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(RunCore.class.getName())
                .should()
                .callMethod(CoreStep.class, "phase", StepPhase.class)
                .check(ENGINE);
    }

    /** The two exceptions: a decoded outcome, and a leaf that the scope's own thread has run, which the core settles later. */
    @Test
    void theEngineAroundTheCoreCannotChangeTheStateOfAStepScopeOrAttempt() {
        List<String> changes = Stream.of(CoreStep.class, CoreScope.class, CoreAttempt.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getReturnType() == void.class)
                .filter(method ->
                        Modifier.isPublic(method.getModifiers()) || Modifier.isProtected(method.getModifiers()))
                .map(Method::getName)
                .toList();

        assertThat(changes).containsExactlyInAnyOrder("result", "ranInline");
    }
}
