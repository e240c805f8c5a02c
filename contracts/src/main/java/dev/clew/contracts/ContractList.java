package dev.clew.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The suites that an adapter passes: one nested class for each of them. Its own test fails if a suite is not in the list.
 *
 * <pre>{@code
 * final class SqliteContractsTest extends ContractList {
 *   @Nested
 *   final class Answers extends AnswersSuite implements OnSqlite {}
 * }
 * }</pre>
 *
 * A single suite is run by its name: {@code -Dtest='SqliteContractsTest$Answers'}.
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class ContractList {
    /** The suites that another test class of the adapter runs, with tests of its own. */
    protected Set<Class<?>> elsewhere() {
        return Set.of();
    }

    private static List<Class<?>> suites() {
        List<Class<?>> roots = ReflectionSupport.findAllClassesInPackage(
                "dev.clew.contracts",
                type -> OnStores.class.isAssignableFrom(type) && Modifier.isAbstract(type.getModifiers()),
                name -> name.endsWith("Suite") || name.endsWith("Contract"));
        return roots.stream()
                .filter(type -> roots.stream().noneMatch(other -> other != type && type.isAssignableFrom(other)))
                .toList();
    }

    @Test
    void everySuiteIsInTheList() {
        Set<Class<?>> elsewhere = elsewhere();
        List<Class<?>> listed = List.of(getClass().getDeclaredClasses());

        assertThat(suites())
                .hasSizeGreaterThan(50)
                .allSatisfy(suite -> assertThat(
                                elsewhere.contains(suite) || listed.stream().anyMatch(suite::isAssignableFrom))
                        .as(suite.getName())
                        .isTrue());
    }
}
