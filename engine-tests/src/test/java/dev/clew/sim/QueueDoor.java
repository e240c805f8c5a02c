package dev.clew.sim;

import dev.clew.index.RequestRecord;
import dev.clew.queue.Enqueued;
import dev.clew.queue.GiveBack;
import dev.clew.queue.QueueQuery;
import dev.clew.queue.QueueSettings;
import dev.clew.queue.QueueState;
import dev.clew.queue.QueuedRun;
import dev.clew.queue.RequestRow;
import dev.clew.queue.RequestState;
import dev.clew.queue.RunQueue;
import dev.clew.queue.TakeRequest;
import dev.clew.queue.WhenOccupied;
import dev.clew.queue.WorkerRecord;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** One process's way to the queues: by its {@link Door}, which may be slow, break, or lose an answer. Hints are lost now and then. */
final class QueueDoor implements RunQueue {
    private final Door door;
    private final Disk disk;
    private final Random random;

    QueueDoor(Door door, Disk disk, Random random) {
        this.door = door;
        this.disk = disk;
        this.random = random;
    }

    private RunQueue read() {
        return door.read().queue();
    }

    private void change(Runnable what) {
        Supplier<Boolean> done = () -> {
            what.run();
            return true;
        };
        boolean unused = door.change(done);
    }

    @Override
    public Enqueued enqueue(QueuedRun request, WhenOccupied occupied, RequestRecord record) {
        return door.change(() -> disk.enqueue(request, occupied, record));
    }

    @Override
    public List<RequestRow> take(TakeRequest request) {
        return door.change(() -> disk.take(request));
    }

    @Override
    public void giveBack(GiveBack taken) {
        change(() -> disk.giveBack(taken));
    }

    @Override
    public boolean end(String threadId, String requestId, RequestState state, byte[] detail) {
        return door.change(() -> disk.end(threadId, requestId, state, detail));
    }

    @Override
    public boolean remove(String threadId, String requestId) {
        throw new UnsupportedOperationException("nobody removes requests here");
    }

    @Override
    public boolean retry(String threadId, String requestId, RequestRecord record) {
        return door.change(() -> disk.retry(threadId, requestId, record));
    }

    @Override
    public Set<String> owners(String queue) {
        return read().owners(queue);
    }

    @Override
    public Optional<RequestRow> find(String threadId, String requestId) {
        return read().find(threadId, requestId);
    }

    @Override
    public List<RequestRow> list(QueueQuery query) {
        return read().list(query);
    }

    @Override
    public QueueState state(String queue) {
        return read().state(queue);
    }

    @Override
    public void configure(String queue, QueueSettings settings) {
        change(() -> disk.configure(queue, settings));
    }

    @Override
    public int tend(WorkerRecord worker) {
        return door.change(() -> disk.tend(worker));
    }

    @Override
    public void leave(String owner, String queue) {
        change(() -> disk.leave(owner, queue));
    }

    @Override
    public AutoCloseable onReady(String queue, Runnable hint) {
        return disk.onReady(queue, () -> {
            if (random.nextInt(4) > 0) {
                hint.run();
            }
        });
    }
}
