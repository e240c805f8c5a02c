package dev.clew.sim;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.Deletion;
import dev.clew.checkpoint.LeaseLostException;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.WaitingAnswer;
import dev.clew.checkpoint.Write;
import dev.clew.index.RequestRecord;
import dev.clew.flow.Durability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The database that all processes share. What was not synced is gone when the power goes. */
final class Disk {
    private final Scheduler scheduler;
    private final World world;
    private final Durability durability;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Claim> owners = new HashMap<>();
    private final Ledger ledger = new Ledger();
    private Checkpointer store;
    private int synced;
    private Instant replaying;
    private boolean lies;

    /** What was done, and when, so that it can be done again. */
    private record Change(Instant at, Function<Checkpointer, Object> what) {}

    Disk(Scheduler scheduler, World world, Durability durability) {
        this.scheduler = scheduler;
        this.world = world;
        this.durability = durability;
        this.store = Checkpointer.inMemory(clock());
    }

    private Clock clock() {
        Clock now = scheduler.clock();
        return new Clock() {
            @Override
            public Instant instant() {
                return replaying == null ? now.instant() : replaying;
            }

            @Override
            public ZoneId getZone() {
                return now.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("always UTC");
            }
        };
    }

    /** From now on the last changes are lost with the power although they were synced. */
    void lie() {
        lies = true;
    }

    Ledger ledger() {
        return ledger;
    }

    /** What can be read now. */
    Checkpointer store() {
        return store;
    }

    Optional<Claim> claim(ClaimRequest request, Write first) {
        return change(on -> {
            Optional<Claim> claim = on.claim(request, first);
            claim.ifPresent(owner -> {
                owners.put(owner.threadId(), owner);
                stored(owner, first);
            });
            return claim;
        });
    }

    void write(Claim claim, Write write) {
        change(on -> {
            boolean mine = claim.equals(owners.get(claim.threadId()));
            try {
                on.write(claim, write, true).toCompletableFuture().join();
            } catch (CompletionException refused) {
                boolean lost = refused.getCause() instanceof LeaseLostException;
                world.check(lost || !mine, "the log of %s was written out of order: %s", claim, refused.getCause());
                throw (CheckpointException) refused.getCause();
            }
            world.check(mine, "P4: %s wrote, and the owner is %s", claim, owners.get(claim.threadId()));
            stored(claim, write);
            return null;
        });
    }

    private void stored(Claim claim, Write write) {
        boolean all = write.head() != null || write.release();
        world.check(durability != Durability.EXIT || write.log().isEmpty() || all, "P3: EXIT stored a part, %s", write);
        world.stored(claim, write);
        ledger.stored(claim, write);
    }

    Map<Claim, LeaseState> renew(Collection<Claim> claims, Duration lease) {
        List<Claim> kept = List.copyOf(claims);
        return change(on -> on.renew(kept, lease));
    }

    boolean requestCancel(String threadId, long epoch) {
        return change(on -> on.requestCancel(threadId, epoch));
    }

    boolean addAnswers(
            String threadId, long epoch, List<WaitingAnswer> answers, @Nullable RequestRecord request) {
        return change(on -> on.addAnswers(threadId, epoch, answers, request));
    }

    boolean delete(Deletion deletion) {
        return change(on -> on.delete(deletion));
    }

    @SuppressWarnings("unchecked")
    private <T> T change(Function<Checkpointer, Object> what) {
        changes.add(new Change(scheduler.now(), what));
        return (T) what.apply(store);
    }

    /** All that was done until now survives power loss. */
    void sync() {
        synced = lies ? Math.max(synced, changes.size() - 4) : changes.size();
    }

    /** The power is gone and back. */
    void losePower() {
        List<Change> kept = List.copyOf(changes.subList(0, synced));
        store = Checkpointer.inMemory(clock());
        owners.clear();
        world.forget();
        ledger.forget();
        for (Change change : kept) {
            replaying = change.at();
            try {
                Object unused = change.what().apply(store);
            } catch (CheckpointException again) {
                scheduler.note("it is refused again");
            }
        }
        replaying = null;
        changes.clear();
        changes.addAll(kept);
    }
}
