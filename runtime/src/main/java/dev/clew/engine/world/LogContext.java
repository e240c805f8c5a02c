package dev.clew.engine.world;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/**
 * The keys of slf4j's MDC that name the thread, the run and the step whose code executes. Closing it restores what the
 * keys had before. Without an MDC there is nothing to set and nothing to pay.
 */
public final class LogContext implements AutoCloseable {
    static final String THREAD = "clew.thread";
    static final String RUN = "clew.run";
    static final String STEP = "clew.step";

    private final MDCAdapter mdc;
    private final @Nullable String thread;
    private final @Nullable String run;
    private final @Nullable String step;

    private LogContext(MDCAdapter mdc) {
        this.mdc = mdc;
        this.thread = mdc.get(THREAD);
        this.run = mdc.get(RUN);
        this.step = mdc.get(STEP);
    }

    /**
     * Sets the keys on the calling thread.
     *
     * @param step the step's path; empty for the run itself, which has no such key
     * @return what to close afterwards; null without an MDC
     */
    public static @Nullable LogContext enter(String threadId, String runId, String step) {
        MDCAdapter mdc = MDC.getMDCAdapter();
        if (mdc == null || mdc instanceof NOPMDCAdapter) {
            return null;
        }
        LogContext before = new LogContext(mdc);
        set(mdc, THREAD, threadId);
        set(mdc, RUN, runId);
        set(mdc, STEP, step);
        return before;
    }

    private static void set(MDCAdapter mdc, String key, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            mdc.remove(key);
        } else {
            mdc.put(key, value);
        }
    }

    @Override
    public void close() {
        set(mdc, THREAD, thread);
        set(mdc, RUN, run);
        set(mdc, STEP, step);
    }
}
