package dev.clew.contracts.checkpoint;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.OnStores;
import dev.clew.contracts.Stores;
import dev.clew.contracts.lab.MutableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Proves the contract of {@link Checkpointer} of an implementation, which judges leases by {@link #clock}. */
@Tag("B216")
public abstract class CheckpointerContract implements OnStores {
    /** What the subject must judge leases by. */
    protected final MutableClock clock = new MutableClock();

    @TempDir
    private Path folder;

    private Stores stores;

    @BeforeEach
    void open() throws Exception {
        stores = openStores(folder, clock);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    /** The subject: the same one for the whole of a test, empty at its start. */
    final Checkpointer checkpointer() {
        return stores.checkpointer();
    }

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
    final class Lines extends LineCases {
        Lines() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Taking extends TakingCases {
        Taking() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Scheduling extends ScheduleCases {
        Scheduling() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Crossings extends CrossingCases {
        Crossings() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Tapes extends TapeCases {
        Tapes() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Index extends ThreadIndexCases {
        Index() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Recorded extends RequestCases {
        Recorded() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Losses extends LossCases {
        Losses() {
            super(CheckpointerContract.this);
        }
    }

    @Nested
    final class Interrupting extends InterruptingCases {
        Interrupting() {
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
