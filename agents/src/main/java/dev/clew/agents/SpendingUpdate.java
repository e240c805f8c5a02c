package dev.clew.agents;

import dev.clew.annotations.Reducer;
import dev.clew.tools.Cost;

/**
 * What a node spent; or that a run begins.
 *
 * @param isRun whether a run begins
 * @param cost what was spent
 */
record SpendingUpdate(boolean isRun, Cost cost) {
    static final SpendingUpdate RUN = new SpendingUpdate(true, Cost.NONE);

    static SpendingUpdate of(Cost cost) {
        return new SpendingUpdate(false, cost);
    }

    /** Adds up. */
    enum Reducing implements Reducer<Spending, SpendingUpdate> {
        ONLY;

        @Override
        public Spending identity() {
            return Spending.NONE;
        }

        @Override
        public Spending apply(Spending current, SpendingUpdate update) {
            Cost run = update.isRun() ? Cost.NONE : current.run();
            return new Spending(run.plus(update.cost()), current.thread().plus(update.cost()));
        }
    }
}
