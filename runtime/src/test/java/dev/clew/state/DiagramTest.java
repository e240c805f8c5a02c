package dev.clew.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.task.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs as they are drawn; set {@code CLEW_UPDATE_GOLDENS} to the resource folder to write the drawings anew. */
class DiagramTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final List<StepState> steps = new ArrayList<>();

    private void step(String path, StepState.Status status) {
        step(path, status, 1, false, null, null);
    }

    private void step(
            String path, StepState.Status status, int attempts, boolean cached, Failure failure, Instant deadline) {
        String segment = path.substring(path.lastIndexOf('/') + 1);
        String name = segment.substring(segment.indexOf(':') + 1, segment.lastIndexOf('#'));
        StepKind kind =
                StepKind.valueOf(segment.substring(0, segment.indexOf(':')).toUpperCase(Locale.ROOT));
        steps.add(new StepState(name, path, kind, status, attempts, AT, cached, failure, deadline));
    }

    private ThreadState<String> state(String thread, ThreadStatus status) {
        return new ThreadState<>(thread, status, "r", 1, "c", null, steps, List.of(), null, null, null, null);
    }

    private static Failure failure(Class<? extends Throwable> type) {
        return new Failure(List.of(type.getName()), "secret words", "", 1, null);
    }

    private static void assertDrawn(ThreadState<?> state, String golden) throws IOException {
        String name = "/dev/clew/state/" + golden + ".mmd";
        String root = System.getenv("CLEW_UPDATE_GOLDENS");
        if (root != null) {
            Files.writeString(Path.of(root + name), state.diagram());
        }
        try (InputStream expected = DiagramTest.class.getResourceAsStream(name)) {
            assertThat(expected).as(name).isNotNull();
            assertThat(state.diagram()).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void drawsScopesAttemptsQuestionsAndChildren() throws IOException {
        step("task:compose#1", StepState.Status.SUCCEEDED, 3, false, null, null);
        step("task:look-up#1", StepState.Status.SUCCEEDED, 1, true, null, null);
        step("child:Review.run#1/task:check#1", StepState.Status.SUCCEEDED);
        step("child:Review.run#1/ask:verdict#1", StepState.Status.PENDING, 0, false, null, AT.plusSeconds(60));
        step("child:Review.run#1", StepState.Status.PENDING);
        step("task:outer#1/task:inner#1", StepState.Status.FAILED, 2, false, failure(IOException.class), null);
        step("task:outer#1/timer:sleep#1", StepState.Status.CANCELLED, 0, false, null, null);
        step("task:outer#1", StepState.Status.RETRYING, 1, false, failure(IOException.class), AT.plusSeconds(5));

        assertDrawn(state("essay-1", ThreadStatus.INTERRUPTED), "kinds");
    }

    @Test
    void drawsFiveStepsOneByOneAndAlikeOnesTogether() throws IOException {
        IntStream.rangeClosed(1, 3).forEach(n -> step("task:fetch#" + n, StepState.Status.SUCCEEDED));
        step("task:fetch#4", StepState.Status.FAILED, 1, false, failure(IllegalStateException.class), null);
        step("task:sum#1", StepState.Status.SUCCEEDED);

        assertDrawn(state("small", ThreadStatus.FAILED), "five");
    }

    @Test
    void drawsFiveHundredStepsSoThatTheyCanBeRead() throws IOException {
        for (int n = 1; n <= 60; n++) {
            for (int task = 1; task <= 3; task++) {
                step("child:Page.read#" + n + "/task:fetch#" + task, StepState.Status.SUCCEEDED);
            }
            step("child:Page.read#" + n + "/task:parse#1", StepState.Status.SUCCEEDED);
            boolean broken = n == 17;
            step(
                    "child:Page.read#" + n,
                    broken ? StepState.Status.FAILED : StepState.Status.SUCCEEDED,
                    1,
                    false,
                    broken ? failure(IOException.class) : null,
                    null);
        }
        for (int n = 1; n <= 200; n++) {
            step("task:step-" + n + "#1", n == 150 ? StepState.Status.CANCELLED : StepState.Status.SUCCEEDED);
        }

        assertThat(steps).hasSize(500);
        assertDrawn(state("large", ThreadStatus.RUNNING), "five-hundred");
    }

    @Test
    void staysBelowWhatMermaidDraws() {
        for (int n = 1; n <= 40; n++) {
            for (int task = 1; task <= 40; task++) {
                step("child:c" + n + "#1/task:t" + task + "#1", StepState.Status.SUCCEEDED);
            }
            step("child:c" + n + "#1", StepState.Status.SUCCEEDED);
        }

        String drawn = state("wide", ThreadStatus.IDLE).diagram();

        assertThat(drawn.lines().filter(line -> line.contains("-->"))).hasSizeLessThan(500);
        assertThat(drawn).contains("c40<br/>40 inside");
        assertThat(drawn.length()).isLessThan(50_000);
    }

    @Test
    void escapesWhateverANameMayBring() throws IOException {
        step(
                "task:\"]; click n1 \"javascript:alert(1)\" <b>&amp;`end`\n%%{init}%% \u202e名#1",
                StepState.Status.SUCCEEDED);

        assertDrawn(state("<script>\"#]", ThreadStatus.IDLE), "hostile");
    }

    @Test
    void showsNoMessagesOfFailures() {
        step("task:a#1", StepState.Status.FAILED, 1, false, failure(IOException.class), null);

        assertThat(state("t", ThreadStatus.FAILED).diagram())
                .contains("IOException")
                .doesNotContain("secret");
    }

    @Test
    void drawsAThreadThatNeverRan() {
        ThreadState<String> never = new ThreadState<>(
                "t", ThreadStatus.IDLE, null, 0, null, null, List.of(), List.of(), null, null, null, null);

        assertThat(never.diagram()).startsWith("flowchart LR\n    n0([\"t\"])\n    classDef");
    }
}
