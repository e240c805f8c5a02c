package dev.clew.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request as a queue has it.
 *
 * <pre>{@code
 * RequestRow row = queue.find("essay-1", "r-1").orElseThrow();
 * }</pre>
 *
 * @param request what was enqueued
 * @param state where it is
 * @param isOpened whether its run was opened; then the run's row says what it does
 * @param enqueuedAt when it joined its thread's line, which is its place there; by the store's clock
 * @param dueAt when a delayed or parked one joins or is ready again, before when a ready one is not taken, or when the
 *     reservation of a taken one ends; null for never, for any time, or for a run that executes
 * @param owner the worker that took it; null if no worker has it
 * @param attempts how often it was taken since its run was opened or continued last
 * @param losses how often the owner of its run vanished since the run rested last
 * @param isCancelled whether a later request has cancelled its run, so that it is not opened again
 * @param rollsBack the run that is rolled back when this request is opened, if that ended cancelled; or null
 * @param deployments the deployments that have had it
 * @param detail why it is over or held, protected bytes of the engine's; or null
 */
public record RequestRow(
        QueuedRun request,
        RequestState state,
        boolean isOpened,
        Instant enqueuedAt,
        @Nullable Instant dueAt,
        @Nullable String owner,
        int attempts,
        int losses,
        boolean isCancelled,
        @Nullable String rollsBack,
        RequestDeployments deployments,
        byte @Nullable [] detail) {

    /** Whether a worker took it, and has not opened or continued its run yet. */
    public boolean isReserved() {
        return state == RequestState.TAKEN && dueAt != null;
    }

    /** Whether a worker or a caller executes its run. */
    boolean isExecuted() {
        return state == RequestState.TAKEN && isOpened && dueAt == null;
    }

    /** The same in another state, of another owner. */
    RequestRow with(RequestState newState, @Nullable String newOwner, @Nullable Instant due) {
        return new RequestRow(
                request,
                newState,
                isOpened,
                enqueuedAt,
                due,
                newOwner,
                attempts,
                losses,
                isCancelled,
                rollsBack,
                deployments,
                detail);
    }

    /** The same, opened or not. */
    RequestRow opened(boolean open) {
        return new RequestRow(
                request,
                state,
                open,
                enqueuedAt,
                dueAt,
                owner,
                open ? 0 : attempts,
                losses,
                isCancelled,
                rollsBack,
                deployments,
                detail);
    }

    /** The same after it was taken so often, and lost so often. */
    RequestRow counted(int taken, int lost) {
        return new RequestRow(
                request,
                state,
                isOpened,
                enqueuedAt,
                dueAt,
                owner,
                taken,
                lost,
                isCancelled,
                rollsBack,
                deployments,
                detail);
    }

    /** The same at this place in its line. */
    RequestRow joined(Instant at) {
        return new RequestRow(
                request,
                state,
                isOpened,
                at,
                dueAt,
                owner,
                attempts,
                losses,
                isCancelled,
                rollsBack,
                deployments,
                detail);
    }

    /** The same, cancelled by a later one. */
    RequestRow cancelled() {
        return new RequestRow(
                request,
                state,
                isOpened,
                enqueuedAt,
                dueAt,
                owner,
                attempts,
                losses,
                true,
                rollsBack,
                deployments,
                detail);
    }

    /** The same, which these deployments have had. */
    RequestRow had(RequestDeployments by) {
        return new RequestRow(
                request,
                state,
                isOpened,
                enqueuedAt,
                dueAt,
                owner,
                attempts,
                losses,
                isCancelled,
                rollsBack,
                by,
                detail);
    }

    /** The same with this explanation. */
    RequestRow detail(byte @Nullable [] why) {
        return new RequestRow(
                request,
                state,
                isOpened,
                enqueuedAt,
                dueAt,
                owner,
                attempts,
                losses,
                isCancelled,
                rollsBack,
                deployments,
                why);
    }
}
