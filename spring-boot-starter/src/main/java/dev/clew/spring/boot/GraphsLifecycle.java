package dev.clew.spring.boot;

import org.springframework.context.SmartLifecycle;

/**
 * Starts an application's graphs before its web server takes requests, and drains them after the web server has stopped. Beans
 * such as the {@code DataSource} are destroyed after that.
 */
final class GraphsLifecycle implements SmartLifecycle {
    /** The web server is at 2048 before the last phase, and its graceful end at 1024. */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final SpringGraphs graphs;

    GraphsLifecycle(SpringGraphs graphs) {
        this.graphs = graphs;
    }

    @Override
    public void start() {
        graphs.start();
    }

    @Override
    public void stop() {
        graphs.close();
    }

    /** Leaves the thread that stops all beans of this phase, so that these wait no longer than Spring is told to. */
    @Override
    public void stop(Runnable stopped) {
        Thread closing = new Thread(
                () -> {
                    try {
                        graphs.close();
                    } finally {
                        stopped.run();
                    }
                },
                "clew-close");
        closing.start();
    }

    @Override
    public boolean isRunning() {
        return graphs.isRunning();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** For Spring 7, which pauses contexts that no test uses: a graph that is closed cannot be opened again. */
    public boolean isPauseable() {
        return false;
    }
}
