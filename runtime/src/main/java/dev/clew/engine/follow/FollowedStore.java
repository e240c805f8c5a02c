package dev.clew.engine.follow;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.stored.Checkpoints;
import dev.clew.engine.stored.Claims;
import dev.clew.engine.world.Time;
import dev.clew.value.Codec;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What it takes to follow runs that other graphs and processes execute.
 *
 * @param claims judges whether their owners are still there
 * @param watch says when to look
 * @param lease how long claims hold without renewal
 * @param executes whether the graph that follows them could continue them
 * @param closed whether the graph that follows them is closed
 */
public record FollowedStore(
        Checkpointer store,
        Codec codec,
        Time time,
        Claims claims,
        ThreadWatch watch,
        Duration lease,
        boolean executes,
        BooleanSupplier closed) {
    Checkpoints checkpoints() {
        return new Checkpoints(store, codec);
    }

    boolean isClosed() {
        return closed.getAsBoolean();
    }
}
