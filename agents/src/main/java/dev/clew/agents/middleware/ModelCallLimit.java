package dev.clew.agents.middleware;

import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.value.IllegalRequestException;

/**
 * Limits how often the model is asked. It counts answers, also those that were removed from the
 * conversation, and no attempts that failed. The calls in the last answer are not executed,
 * which they and the conversation say, and the run ends with {@code End.LIMIT}; or, with {@link #orFail}, it fails. An output in
 * the last answer is taken. A model that was asked as often as it may be, such as in the runs before, is not asked again.
 *
 * <pre>{@code
 * .middleware(ModelCallLimit.perRun(20))
 * }</pre>
 */
public final class ModelCallLimit implements Middleware {
    private final int most;
    private final boolean isPerThread;
    private final boolean isFailing;

    private ModelCallLimit(int most, boolean isPerThread, boolean isFailing) {
        if (most < 1) {
            throw new IllegalRequestException("a limit of model calls is at least 1, not " + most);
        }
        this.most = most;
        this.isPerThread = isPerThread;
        this.isFailing = isFailing;
    }

    /** Returns the limit for each run. */
    public static ModelCallLimit perRun(int most) {
        return new ModelCallLimit(most, false, false);
    }

    /** Returns the limit for all runs of a thread together. */
    public static ModelCallLimit perThread(int most) {
        return new ModelCallLimit(most, true, false);
    }

    /** Returns the same limit, at which the run fails with a {@code NoOutputException}. */
    public ModelCallLimit orFail() {
        return new ModelCallLimit(most, isPerThread, true);
    }

    /** There may be one of each kind. */
    @Override
    public String name() {
        return isPerThread ? "ModelCallLimit.perThread" : "ModelCallLimit.perRun";
    }

    @Override
    public void install(Hooks hooks) {
        hooks.limitModelCalls(most, isPerThread, isFailing);
    }
}
