package dev.clew.engine.events;

import dev.clew.stream.RunTap;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the events of one run to a tap, at once. */
public final class TapReader implements EventReader {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private final RunTap.Ear ear;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean broken;

    public TapReader(RunTap.Ear ear) {
        this.ear = ear;
    }

    @Override
    public boolean wants(StreamMode mode) {
        return !broken && ear.wants(mode);
    }

    @Override
    public boolean isDetached() {
        return broken;
    }

    @Override
    public boolean begin() {
        return begun.compareAndSet(false, true);
    }

    @Override
    public void publish(StreamEvent event, BooleanSupplier stillHolds) {
        if (!broken && stillHolds.getAsBoolean()) {
            guarded(() -> ear.heard(event));
        }
    }

    /** The run rests. */
    public void rested() {
        guarded(ear::rested);
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error thrown) {
            broken = true;
            LOG.warn("a tap of a graph's runs threw, and hears nothing more of this run; the run goes on", thrown);
        }
    }
}
