package dev.clew;

import dev.clew.engine.Engine;

/**
 * What a generated graph is wired with. Opaque: made by {@link GraphBuilder}, handed on to {@link Graph}.
 *
 * <pre>{@code
 * GraphBuilder.of(wiring -> new EssayFlowGraph(flow, wiring))
 * }</pre>
 */
public final class Wiring {
    private final Engine engine;

    Wiring(Engine engine) {
        this.engine = engine;
    }

    Engine engine() {
        return engine;
    }
}
