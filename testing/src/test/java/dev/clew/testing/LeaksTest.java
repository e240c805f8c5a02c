package dev.clew.testing;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.ClewAssertions.catchThrowableOfType;

import dev.clew.LambdaGraph;
import dev.clew.stream.StreamMode;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaksTest {
    private static String verdict(Consumer<Lab> test) {
        Lab lab = Lab.open(Storage.MEMORY);
        test.accept(lab);
        AssertionError found = catchThrowableOfType(AssertionError.class, lab::close);
        return found == null ? "nothing" : found.getMessage();
    }

    @Test
    void findsNothingInATestThatCleansUp() {
        assertThat(verdict(lab -> {
                    var echo = lab.graph(() -> LambdaGraph.builder(
                                    (in, calls) -> calls.task("one", in).join()))
                            .workflow(LambdaGraph::run);
                    assertThat(echo.invoke("a")).isCompletedWith("a!");
                    assertThat(echo.on("b").stream("b", StreamMode.UPDATES)).endsWith("b!");
                }))
                .isEqualTo("nothing");
    }

    @Test
    void findsAThreadThatATaskStarted() {
        CountDownLatch over = new CountDownLatch(1);
        try {
            assertThat(verdict(lab -> lab.graph(() -> LambdaGraph.builder((in, calls) -> {
                                new Thread(() -> await(over), "forgotten").start();
                                return in;
                            }))
                            .workflow(LambdaGraph::run)
                            .invoke("a")))
                    .contains("Leaked thread: 'forgotten' was started during the test and still runs");
        } finally {
            over.countDown();
        }
    }

    /** Of tests that run beside this one. */
    @ParameterizedTest
    @ValueSource(strings = {"junit-1-worker-5", "junit-timeout-thread-30", "junit-jupiter-timeout-watcher"})
    void leavesTheThreadsOfJUnitAlone(String name) {
        CountDownLatch over = new CountDownLatch(1);
        try {
            assertThat(verdict(lab -> lab.graph(() -> LambdaGraph.builder((in, calls) -> {
                                new Thread(() -> await(over), name).start();
                                return in;
                            }))
                            .workflow(LambdaGraph::run)
                            .invoke("a")))
                    .isEqualTo("nothing");
        } finally {
            over.countDown();
        }
    }

    @Test
    void findsARunThatStillExecutes() {
        CountDownLatch over = new CountDownLatch(1);
        try {
            assertThat(verdict(lab -> {
                        var unused = lab.graph(() -> LambdaGraph.builder((in, calls) -> {
                                    await(over);
                                    return in;
                                }))
                                .workflow(LambdaGraph::run)
                                .start("a");
                    }))
                    .contains("Leaked run: something still executes 5 s after the test")
                    .contains("LeaksTest.await");
        } finally {
            over.countDown();
        }
    }

    @Test
    void findsAStreamThatIsLeftOpen() {
        assertThat(verdict(lab -> {
                    var unused = lab
                            .graph(() -> LambdaGraph.builder(
                                    (in, calls) -> calls.task("one", in).join()))
                            .workflow(LambdaGraph::run)
                            .stream("a", StreamMode.UPDATES);
                }))
                .contains("Leaked stream: a stream was neither read to its end nor closed");
    }

    @Test
    void findsAFailureThatNobodyLookedAt() {
        assertThat(verdict(lab -> lab.graph(() -> LambdaGraph.builder((in, calls) -> {
                            throw new IOException("no ink");
                        }))
                        .workflow(LambdaGraph::run)
                        .invoke("a")))
                .contains("Unseen failure: TestRun[run 'run-1' failed: ")
                .contains("no ink");
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
