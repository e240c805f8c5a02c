package dev.clew.agents;

import dev.clew.tools.Cost;

/**
 * What calls of models cost: a component of the state, so that a fork begins with what was spent at its point.
 *
 * @param run in this run
 * @param thread in all runs of the thread
 */
record Spending(Cost run, Cost thread) {
    static final Spending NONE = new Spending(Cost.NONE, Cost.NONE);
}
