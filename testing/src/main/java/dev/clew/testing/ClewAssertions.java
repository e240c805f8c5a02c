package dev.clew.testing;

import dev.clew.flow.RunStream;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.messages.Trajectory;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ's assertions, and those about runs, questions and streams: one static import serves a whole test.
 *
 * <pre>{@code
 * import static dev.clew.testing.ClewAssertions.assertThat;
 *
 * assertThat(write.invoke("rain")).isInterruptedBy(REVIEW, new Draft("It rains.")).executed("compose", 1);
 * }</pre>
 */
public final class ClewAssertions extends Assertions {
    private ClewAssertions() {}

    /** Looks at how a request ended. */
    public static <O extends @Nullable Object> RunAssert<O> assertThat(TestRun<O> run) {
        return new RunAssert<>(run);
    }

    /** Looks at a pending question. */
    public static <Q, A extends @Nullable Object> QuestionAssert<Q, A> assertThat(PendingInterrupt<Q, A> question) {
        return new QuestionAssert<>(question);
    }

    /** Looks at what a model and its tools did: at the result of an agent, for example. */
    public static TrajectoryAssert assertThat(Trajectory trajectory) {
        return new TrajectoryAssert(trajectory);
    }

    /** Reads a stream to its end, and looks at what it said. */
    public static <O extends @Nullable Object> StreamAssert<O> assertThat(RunStream<O> stream) {
        return StreamAssert.read(stream);
    }
}
