package dev.clew.postgres;

import dev.clew.checkpoint.Claim;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a writer knows of the threads that this process owns, by their ids. */
final class Holdings {
    private final Map<String, Holding> holdings = new HashMap<>();

    /** Of whichever claim of the thread is known. */
    @Nullable
    Holding of(String threadId) {
        return holdings.get(threadId);
    }

    /** Of this claim; null if it is not known. */
    @Nullable
    Holding of(Claim claim) {
        Holding known = holdings.get(claim.threadId());
        return known != null && known.claim.equals(claim) ? known : null;
    }

    void put(Holding holding) {
        holdings.put(holding.claim.threadId(), holding);
    }

    void forget(Claim claim) {
        if (of(claim) != null) {
            holdings.remove(claim.threadId());
        }
    }

    /** From now on, all writes of the claim fail. */
    void fail(Claim claim) {
        Holding known = of(claim);
        if (known == null) {
            known = new Holding(claim, 0, false);
            put(known);
        }
        known.failed = true;
    }
}
