package dev.clew.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.GraphBuilder;
import dev.clew.OnNonDeterminism;
import dev.clew.annotations.Effect;
import dev.clew.flow.Durability;
import dev.clew.flow.Retention;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunListener;
import dev.clew.flow.WhenBusy;
import dev.clew.flow.WhenInterrupted;
import dev.clew.messages.Messages;
import dev.clew.postgres.PostgresOptions;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.RequestState;
import dev.clew.queue.Worker;
import dev.clew.schedule.Every;
import dev.clew.schedule.Missed;
import dev.clew.schedule.Overlap;
import dev.clew.schedule.Schedule;
import dev.clew.schedule.ScheduleOptions;
import dev.clew.schedules.Cron;
import dev.clew.server.AgentServer;
import dev.clew.state.CheckpointSource;
import dev.clew.state.RunStatus;
import dev.clew.state.StepKind;
import dev.clew.state.StepState;
import dev.clew.state.ThreadStatus;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages below docs/reference name all that the compiled classes have, and nothing else. */
class ReferenceDocsTest {
    /** For the test kit alone, which is the one module that sees its type. */
    private static final Set<String> INTERNAL = Set.of("world");

    static Stream<Class<?>> optionTypes() {
        return Stream.of(
                GraphBuilder.class,
                RunConfig.class,
                WhenBusy.class,
                Retention.class,
                Worker.class,
                QueueSettings.class,
                ScheduleOptions.class,
                Every.class,
                Cron.class,
                AgentServer.Builder.class,
                PostgresOptions.class);
    }

    @ParameterizedTest
    @MethodSource("optionTypes")
    void everyOptionHasARow(Class<?> type) throws IOException {
        assertThat(rows(type)).containsExactlyElementsOf(options(type));
    }

    static Stream<Class<? extends Enum<?>>> enums() {
        return Stream.of(
                Durability.class,
                WhenInterrupted.class,
                OnNonDeterminism.class,
                Overlap.class,
                Missed.class,
                StreamMode.class,
                ThreadStatus.class,
                RunStatus.class,
                RequestState.class,
                StepState.Status.class,
                StepKind.class,
                CheckpointSource.class,
                Effect.class);
    }

    @ParameterizedTest
    @MethodSource("enums")
    void everyConstantHasARow(Class<? extends Enum<?>> type) throws IOException {
        assertThat(rows(type))
                .containsExactlyElementsOf(
                        sorted(Arrays.stream(type.getEnumConstants()).map(Enum::name)));
    }

    @Test
    void everyEventHasARow() throws IOException {
        assertThat(rows(StreamEvent.class))
                .containsExactlyElementsOf(sorted(Arrays.stream(StreamEvent.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)));
        assertThat(rows(RunListener.class)).containsExactlyElementsOf(methods(RunListener.class));
        assertThat(rows(Schedule.class)).containsExactlyElementsOf(methods(Schedule.class));
    }

    @Test
    void everyAnnotationAndElementHasItsPlace() throws Exception {
        List<Class<?>> annotations = annotations();

        assertThat(annotations).hasSizeGreaterThan(20);
        for (Class<?> annotation : annotations) {
            assertThat(rows("@" + annotation.getSimpleName()))
                    .as(annotation.getSimpleName())
                    .containsExactlyElementsOf(methods(annotation));
        }
        assertThat(headings().filter(heading -> heading.startsWith("@")))
                .containsExactlyInAnyOrderElementsOf(annotations.stream()
                        .map(annotation -> "@" + annotation.getSimpleName())
                        .toList());
    }

    /** The annotations that users write. */
    private static List<Class<?>> annotations() throws Exception {
        List<Class<?>> found = new ArrayList<>(List.of(Messages.class));
        for (Path source : Documents.below("annotations/src/main/java/dev/clew/annotations", ".java")) {
            String name = source.getFileName().toString().replace(".java", "");
            Class<?> type = name.equals("package-info") ? Object.class : Class.forName("dev.clew.annotations." + name);
            if (Annotation.class.isAssignableFrom(type)) {
                found.add(type);
            }
        }
        return found;
    }

    /** The public methods that give the type again: of these a configuration is made. */
    private static Set<String> options(Class<?> type) {
        return sorted(Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> method.getReturnType() == type)
                .map(Method::getName)
                .filter(name -> !INTERNAL.contains(name)));
    }

    private static Set<String> methods(Class<?> type) {
        return sorted(Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName));
    }

    private static Set<String> sorted(Stream<String> names) {
        return new TreeSet<>(names.toList());
    }

    private static Set<String> rows(Class<?> type) throws IOException {
        Class<?> outer = type.getEnclosingClass();
        return rows((outer == null ? "" : outer.getSimpleName() + ".") + type.getSimpleName());
    }

    /** What the first column of the section with this heading has. */
    private static Set<String> rows(String heading) throws IOException {
        String all = pages();
        int begin = all.indexOf("\n## `" + heading + "`\n");
        assertThat(begin).as("a section '%s' in docs/reference", heading).isNotNegative();
        int end = all.indexOf("\n## ", begin + 1);
        return sorted(found("(?m)^\\| `(\\w+)` \\|", end < 0 ? all.substring(begin) : all.substring(begin, end)));
    }

    private static Stream<String> headings() throws IOException {
        return found("(?m)^## `(.*)`$", pages());
    }

    private static String pages() throws IOException {
        StringBuilder all = new StringBuilder();
        Documents.below("docs/reference", ".md")
                .forEach(page -> all.append('\n').append(Snippet.read(page)));
        return all + "\n## end\n";
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
    }
}
