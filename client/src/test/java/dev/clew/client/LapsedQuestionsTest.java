package dev.clew.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.clew.client.fixture.Caller;
import dev.clew.client.fixture.StoryServer;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunHandle;
import dev.clew.flow.RunResult;
import dev.clew.flow.WhenInterrupted;
import dev.clew.flow.WorkflowCancelledException;
import dev.clew.state.RunStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions that nobody answers in time: the server's run goes on, under the same request. */
@Timeout(60)
final class LapsedQuestionsTest {
    private final StoryServer server = StoryServer.inMemory();
    private final RemoteWorkflow<String, String> impatient = Caller.impatient(server.uri());
    private final RunConfig run = RunConfig.thread("lapse").runId("r");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aHandleGivesWhatCameOfTheRun() {
        RunHandle<String> handle = impatient.enqueue("ann", run);
        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);

        await().atMost(Duration.ofSeconds(30)).until(() -> handle.status() == RunStatus.COMPLETED);

        assertThat(handle.result().value()).isEqualTo("ann is ageless");
        assertThat(handle.result(Duration.ofSeconds(20)).value()).isEqualTo("ann is ageless");
    }

    @Test
    void theSameCallMadeAgainGivesWhatCameOfTheRun() {
        assertThat(impatient.invoke("ann", run)).isInstanceOf(RunResult.Interrupted.class);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> impatient.invoke("ann", run) instanceof RunResult.Completed<String>);

        assertThat(impatient.invoke("ann", run).value()).isEqualTo("ann is ageless");
    }

    @Test
    void aRunWhoseQuestionsWereWithdrawnIsCancelled() {
        RunHandle<String> handle = impatient.enqueue("ann", run);
        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);

        assertThat(server.graph().impatient().cancel("lapse")).isTrue();

        assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(handle::result);
    }

    @Test
    void aRunThatWasAbandonedKeepsItsPause() {
        RunHandle<String> handle = impatient.enqueue("ann", run);
        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);

        impatient.invoke("bob", RunConfig.thread("lapse").runId("s").whenInterrupted(WhenInterrupted.ABANDON));

        assertThat(handle.result()).isInstanceOf(RunResult.Interrupted.class);
    }
}
