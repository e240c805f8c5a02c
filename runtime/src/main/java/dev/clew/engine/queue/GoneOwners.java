package dev.clew.engine.queue;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.active.RunningHost;
import dev.clew.engine.stored.Owner;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Takes the requests of a queue from owners that are gone. */
final class GoneOwners {
    /** How many requests of an owner are read at once. */
    private static final int PAGE = 100;

    private final RunningHost host;
    private final Checkpointer store;
    private final RunQueue queue;
    private final String name;

    GoneOwners(RunningHost host, Checkpointer store, String name) {
        this.host = host;
        this.store = store;
        this.queue = store.queue();
        this.name = name;
    }

    /**
     * Moves requests at once whose owner is known to be gone. For other owners, the lease or the reservation has to end first.
     * Inputs are read of those requests only.
     *
     * @param closed whether to stop
     */
    void takeOver(BooleanSupplier closed) {
        for (String owner : queue.owners(name)) {
            if (!owner.equals(host.owner()) && Owner.knownGone(owner)) {
                takeOver(
                        QueueQuery.all()
                                .queue(name)
                                .state(RequestState.TAKEN)
                                .owner(owner)
                                .limit(PAGE),
                        closed);
            }
        }
    }

    private void takeOver(QueueQuery ofOwner, BooleanSupplier closed) {
        List<RequestRow> before = List.of();
        List<RequestRow> rows = queue.list(ofOwner);
        while (!rows.isEmpty() && !closed.getAsBoolean() && !sameIds(rows, before)) {
            rows.forEach(this::takeOver);
            before = rows;
            rows = queue.list(ofOwner);
        }
    }

    private static boolean sameIds(List<RequestRow> rows, List<RequestRow> before) {
        return !before.isEmpty()
                && rows.get(0)
                        .request()
                        .requestId()
                        .equals(before.get(0).request().requestId())
                && rows.get(0)
                        .request()
                        .threadId()
                        .equals(before.get(0).request().threadId());
    }

    private void takeOver(RequestRow row) {
        QueuedRun request = row.request();
        if (row.isReserved()) {
            queue.giveBack(new GiveBack(
                    request.threadId(),
                    request.requestId(),
                    String.valueOf(row.owner()),
                    GiveBack.Reason.VANISHED,
                    null));
        } else {
            boolean unused = store.thread(request.threadId())
                    .filter(thread -> host.claims().fence(store, thread))
                    .isPresent();
        }
    }
}
