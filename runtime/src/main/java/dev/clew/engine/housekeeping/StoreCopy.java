package dev.clew.engine.housekeeping;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.engine.Engine;
import dev.clew.engine.edit.CopiedForm;
import dev.clew.engine.edit.ThreadCopy;
import dev.clew.engine.stored.UnsettledEffects;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.ThreadBusyException;
import dev.clew.queue.QueueQuery;
import dev.clew.state.CopyReport;
import dev.clew.state.ThreadQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copies threads to another store under their ids. Threads that are there already, as they are here, were copied before. */
public final class StoreCopy {
    private final Engine from;
    private final Engine to;
    private final Checkpointer source;
    private final Checkpointer target;
    private final List<String> left = new ArrayList<>();
    private int copied;
    private int present;
    private boolean isUnsettledWanted;

    public StoreCopy(Engine from, Engine to) {
        this.from = from;
        this.to = to;
        this.source = from.requireStore("a copy");
        this.target = to.requireStore("a copy");
    }

    /** The query's limit is how many are read at once. */
    public CopyReport copy(ThreadQuery query) {
        isUnsettledWanted = query.isUnsettled();
        from.requireOpen();
        to.requireOpen();
        List<ThreadRecord> page = source.threads(query);
        while (!page.isEmpty()) {
            page.forEach(this::copyOrName);
            page = source.threads(query.after(page.get(page.size() - 1).threadId()));
        }
        return new CopyReport(copied, present, left);
    }

    /** A thread that cannot be read keeps no other from being copied; a store that is away ends the copy. */
    private void copyOrName(ThreadRecord thread) {
        try {
            copy(thread);
        } catch (ThreadBusyException | RequestRefusedException refused) {
            left.add(String.valueOf(refused.getMessage()));
        } catch (RuntimeException damaged) {
            source.now();
            target.now();
            LOG.warn("thread '{}' cannot be copied", thread.threadId(), damaged);
            left.add("thread '" + thread.threadId() + "' cannot be copied: " + damaged.getMessage());
        }
    }

    private void copy(ThreadRecord thread) {
        String id = thread.threadId();
        if (isUnsettledWanted && !new UnsettledEffects(source).any(thread)) {
            return;
        }
        Optional<ThreadRecord> there = target.thread(id);
        if (there.filter(one -> isSame(one, thread)).isPresent()) {
            present++;
        } else if (thread.answersWait()) {
            left.add("thread '" + id + "' has answers that its run has not taken; let a graph recover() it first");
        } else if (hasRequests(id)) {
            left.add("thread '" + id + "' has requests in a queue; let its workers end them first");
        } else {
            new ThreadCopy(
                            new ThreadCopy.Place(from.claims(), source, id),
                            new ThreadCopy.Place(to.claims(), target, id),
                            new CopiedForm.SameIds(source, id))
                    .make();
            copied++;
        }
    }

    private static boolean isSame(ThreadRecord one, ThreadRecord other) {
        return one.head().equals(other.head())
                && one.runs() == other.runs()
                && one.workflow().equals(other.workflow());
    }

    private boolean hasRequests(String threadId) {
        return source.queue().list(QueueQuery.all().thread(threadId)).stream()
                .anyMatch(row -> !row.state().isOver());
    }
}
