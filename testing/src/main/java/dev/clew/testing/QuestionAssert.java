package dev.clew.testing;

import dev.clew.interrupt.PendingInterrupt;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * What a test expects of a pending question.
 *
 * <pre>{@code
 * assertThat(run.only(REVIEW)).asks(new Draft("It rains.")).hasNoDeadline();
 * }</pre>
 *
 * @param <Q> the question's type
 * @param <A> the answer's type
 */
public final class QuestionAssert<Q, A extends @Nullable Object>
        extends AbstractAssert<QuestionAssert<Q, A>, PendingInterrupt<Q, A>> {
    QuestionAssert(PendingInterrupt<Q, A> actual) {
        super(actual, QuestionAssert.class);
    }

    /** It asks this. */
    public QuestionAssert<Q, A> asks(Q content) {
        isNotNull();
        if (!Objects.deepEquals(actual.value(), content)) {
            throw failure("%nExpecting %s to ask%n  %s%nbut it asks%n  %s", actual, content, actual.value());
        }
        return this;
    }

    /** The run goes on without an answer so long after the beginning of the test. */
    public QuestionAssert<Q, A> lapsesAfter(Duration sinceBeginning) {
        isNotNull();
        Instant expected = SteppedClock.BEGINNING.plus(sinceBeginning);
        if (!expected.equals(actual.deadline().orElse(null))) {
            throw failure("%nExpecting %s to lapse at %s, but its deadline is %s", actual, expected, actual.deadline());
        }
        return this;
    }

    /** It waits for ever. */
    public QuestionAssert<Q, A> hasNoDeadline() {
        isNotNull();
        if (actual.deadline().isPresent()) {
            throw failure("%nExpecting %s to have no deadline, but it is %s", actual, actual.deadline());
        }
        return this;
    }
}
