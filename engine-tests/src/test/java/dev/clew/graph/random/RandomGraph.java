package dev.clew.graph.random;

import dev.clew.GraphBuilder;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.Engine;
import dev.clew.graph.CompiledGraph;
import dev.clew.graph.GraphSpec;
import dev.clew.graph.random.Behaviour.State;
import dev.clew.spi.Wiring;

/** A graph whose process can die. */
final class RandomGraph extends CompiledGraph<String, State, State> {
    private final Engine engine;

    private RandomGraph(GraphSpec<String, State, State> spec, Wiring wiring) {
        super(spec, wiring);
        this.engine = Engine.of(wiring);
    }

    static RandomGraph open(GraphSpec<String, State, State> spec, Checkpointer store) {
        return GraphBuilder.of(wiring -> new RandomGraph(spec, wiring))
                .checkpointer(store)
                .build();
    }

    /** Drops everything, as a process that dies. */
    void crash() {
        engine.crash();
    }
}
