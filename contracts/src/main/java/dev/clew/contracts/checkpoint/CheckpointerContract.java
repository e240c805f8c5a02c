package dev.clew.contracts.checkpoint;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.MutableClock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * Proves the contract of {@link Checkpointer} of an implementation: extend it, and give an empty checkpointer per test
 * that judges leases by {@link #clock}.
 *
 * <pre>{@code
 * final class MemoryCheckpointerTest extends CheckpointerContract {
 *   private final Checkpointer checkpointer = Checkpointer.inMemory(clock);
 *
 *   protected Checkpointer checkpointer() {
 *     return checkpointer;
 *   }
 * }
 * }</pre>
 */
@Tag("B216")
public abstract class CheckpointerContract {
    /** What the subject must judge leases by. */
    protected final MutableClock clock = new MutableClock();

    /** The subject: the same one for the whole of a test, empty at its start. */
    protected abstract Checkpointer checkpointer();

    @Nested
    final class Claiming extends ClaimCases {
        Claiming() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Fencing extends FencingCases {
        Fencing() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Leases extends LeaseCases {
        Leases() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Answering extends AnswerCases {
        Answering() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Writing extends WriteCases {
        Writing() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Failing extends FailureCases {
        Failing() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Scanning extends LogCases {
        Scanning() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Checkpoints extends CheckpointCases {
        Checkpoints() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Listing extends ListingCases {
        Listing() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Deleting extends DeletionCases {
        Deleting() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class HostileText extends HostileTextCases {
        HostileText() {
            super(CheckpointerContract.this);
        }
    }
}
