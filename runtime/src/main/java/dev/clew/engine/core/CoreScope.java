package dev.clew.engine.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One attempt of a scope, as the core knows it: what it has called, and what it waits for. The run's lock guards it. */
public abstract class CoreScope {
    private final CoreStep step;

    /** Called and not joined. */
    private final Set<CoreStep> open = new LinkedHashSet<>();

    private volatile @Nullable Suspension seal;
    private volatile boolean blocked;
    private @Nullable Wait blockedOn;
    private boolean dead;

    /** A leaf that the scope's own thread has run and recorded; settled with the next use of the lock. */
    private @Nullable CoreStep inline;

    private @Nullable Object inlineOutcome;

    protected CoreScope(CoreStep step) {
        this.step = step;
    }

    public final CoreStep coreStep() {
        return step;
    }

    final Set<CoreStep> open() {
        return open;
    }

    /** Whether it has called this step and not joined it. Only its own thread changes that, and may ask without the lock. */
    public final boolean isOpen(CoreStep step) {
        return open.contains(step);
    }

    /** What it has called and not joined: what was outrun in a race, or all the rest. */
    public final List<CoreStep> called(boolean losers) {
        if (open.isEmpty()) {
            return List.of();
        }
        return open.stream().filter(step -> step.isLoser() == losers).toList();
    }

    /** Why no durable call of it goes on, if so. Any thread may ask. */
    public final @Nullable Suspension seal() {
        return seal;
    }

    /** Whether its thread has to wait. Any thread may ask. */
    public final boolean isBlocked() {
        return blocked;
    }

    public final @Nullable Wait blockedOn() {
        return blockedOn;
    }

    /** Whether its attempt was abandoned. */
    public final boolean isDead() {
        return dead;
    }

    final void seal(Suspension by) {
        seal = by;
    }

    final void die() {
        dead = true;
    }

    final void block(Wait wait) {
        blockedOn = wait;
        blocked = true;
    }

    final void unblock() {
        blocked = false;
    }

    final void waitsNoMore() {
        blockedOn = null;
    }

    /** The paths of the open timers that it waits for. */
    final List<String> awaitedTimers() {
        return blockedOn == null ? List.of() : blockedOn.timers();
    }

    // --- a leaf on the scope's own thread ---

    /** The scope's own thread has run a leaf, and its outcome is recorded and published. On that thread. */
    public final void ranInline(CoreStep leaf, Object outcome) {
        inline = leaf;
        inlineOutcome = outcome;
    }

    /** The outcome of a leaf that its own thread ran last; null if it was another. On that thread. */
    public final @Nullable Object inlineOutcome(CoreStep leaf) {
        return inline == leaf ? inlineOutcome : null;
    }

    public final boolean hasInline() {
        return inline != null;
    }

    final @Nullable CoreStep takeInline() {
        CoreStep ran = inline;
        inline = null;
        return ran;
    }

    final @Nullable Object takeInlineOutcome() {
        Object outcome = inlineOutcome;
        inlineOutcome = null;
        return outcome;
    }
}
