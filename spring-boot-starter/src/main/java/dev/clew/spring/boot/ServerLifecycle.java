package dev.clew.spring.boot;

import dev.clew.server.AgentServlet;
import org.springframework.context.SmartLifecycle;

/** Ends the servlet's streams before the web server's graceful end, which would wait for them. */
final class ServerLifecycle implements SmartLifecycle {
    private final AgentServlet servlet;
    private volatile boolean running;

    ServerLifecycle(AgentServlet servlet) {
        this.servlet = servlet;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        servlet.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Begins last, so it ends first. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }

    /** For Spring 7: a servlet that is closed cannot be opened again. */
    public boolean isPauseable() {
        return false;
    }
}
