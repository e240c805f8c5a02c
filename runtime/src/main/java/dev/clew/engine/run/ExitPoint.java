package dev.clew.engine.run;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Head;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.Write;
import dev.clew.flow.Durability;
import dev.clew.state.ThreadStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In EXIT mode nothing of a new run is stored before its first exit point: a pause, its end, or a step that must not begin before
 * everything that led to it is durable.
 */
public final class ExitPoint {
    private final Activation activation;
    private volatile boolean stored;

    ExitPoint(Activation activation) {
        this.activation = activation;
        this.stored = activation.durability() != Durability.EXIT || activation.resumed();
    }

    /** The checkpoint that opened the run, if it is not stored yet. */
    public List<CheckpointRecord> opening() {
        @Nullable CheckpointRecord opening = activation.opening();
        return stored || opening == null ? List.of() : List.of(opening);
    }

    /** The write of an exit point after which the run goes on. */
    Write goingOn(List<LogRecord> held) {
        @Nullable CheckpointRecord opening = activation.opening();
        String id = opening == null ? "" : opening.id();
        Head head = new Head(ThreadStatus.RUNNING, activation.run().runId(), id, null, 0);
        Write write = new Write(activation.run().runId(), held, activation.run(), opening(), head, false);
        stored = true;
        return write;
    }
}
