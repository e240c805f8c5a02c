package dev.clew.engine.admission;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.RunRecord;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.format.Places;
import dev.clew.engine.stored.StoredEffects;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadStatus;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run takes back as it is opened: the cancelled run before it, with its log and checkpoints.
 *
 * @param run the row that the cancelled run has from now on
 * @param parent the checkpoint from which it began, and from which the new run begins; null if it was the first
 */
record Rollback(RunRecord run, @Nullable CheckpointRecord parent) {
    private static final int PAGE = 100;

    /**
     * What the request of this ticket rolls back. Null if it rolls back nothing: it does not ask for that, or the run was over
     * before it was cancelled, or checkpoints of other runs come after its own; or it has begun an effect that must not happen twice,
     * of which its log is the only trace.
     */
    static @Nullable Rollback of(Ticket<?> ticket, @Nullable ThreadRecord thread) {
        String cancelled = ticket.taken() == null ? null : ticket.taken().rollsBack();
        if (cancelled == null || thread == null || ticket.config().checkpoint().isPresent()) {
            return null;
        }
        boolean ended = cancelled.equals(thread.head().runId()) && thread.head().status() == ThreadStatus.CANCELLED;
        if (!ended) {
            return null;
        }
        RunRecord run = ticket.store().run(ticket.threadId(), cancelled).orElse(null);
        CheckpointRecord opening = run == null
                ? null
                : ticket.checkpoints()
                        .find(ticket.threadId(), run.inputCheckpoint())
                        .orElse(null);
        boolean hasActed = run != null && StoredEffects.hasActed(ticket.store(), ticket.threadId(), cancelled);
        if (run == null
                || hasActed
                || opening == null
                || isContinuedByOthers(ticket.store(), ticket.threadId(), opening)) {
            return null;
        }
        byte[] detail = ticket.settings()
                .codec()
                .protect("rolled back".getBytes(StandardCharsets.UTF_8), Places.run(ticket.threadId(), cancelled));
        String parentId = opening.parentId();
        Optional<CheckpointRecord> parent =
                parentId == null ? Optional.empty() : ticket.checkpoints().find(ticket.threadId(), parentId);
        boolean isParentGone = parentId != null && parent.isEmpty();
        return isParentGone ? null : new Rollback(run.with(ThreadStatus.CANCELLED, detail), parent.orElse(null));
    }

    /** Whether a checkpoint that is no part of the run comes after one of its own. What comes after it is newer. */
    private static boolean isContinuedByOthers(Checkpointer store, String threadId, CheckpointRecord opening) {
        Set<String> parents = new HashSet<>();
        Set<String> own = new HashSet<>();
        CheckpointQuery query = CheckpointQuery.of(threadId).from(opening.id()).limit(PAGE);
        List<CheckpointRecord> page = store.checkpoints(query);
        while (!page.isEmpty()) {
            for (CheckpointRecord each : page) {
                if (String.valueOf(opening.runId()).equals(each.runId())) {
                    own.add(each.id());
                } else if (each.parentId() != null) {
                    parents.add(each.parentId());
                }
            }
            page = store.checkpoints(query.before(page.get(page.size() - 1).id()));
        }
        return isAny(parents, own);
    }

    private static boolean isAny(Set<String> parents, Set<String> own) {
        return parents.stream().anyMatch(own::contains);
    }
}
