package dev.clew.contracts.lab;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.state.ThreadQuery;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes what is called. */
public final class CountingCheckpointer extends ForwardingCheckpointer {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger listed = new AtomicInteger();

    public CountingCheckpointer(Checkpointer store) {
        super(store);
    }

    @Override
    protected void before(String call) {
        calls.add(call);
    }

    @Override
    public List<ThreadRecord> threads(ThreadQuery query) {
        List<ThreadRecord> page = super.threads(query);
        listed.addAndGet(page.size());
        return page;
    }

    public List<String> calls() {
        return calls;
    }

    public int threadsListed() {
        return listed.get();
    }

    public void forget() {
        calls.clear();
        listed.set(0);
    }
}
