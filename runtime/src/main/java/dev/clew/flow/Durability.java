package dev.clew.flow;

/**
 * When what a run did reaches the disk.
 *
 * <pre>{@code
 * EssayFlowGraph.builder(flow).checkpointer(db.checkpointer()).durability(Durability.SYNC).build();
 * }</pre>
 */
public enum Durability {
    /**
     * Input and answers are durable before the body's first line, a step's outcome before its future completes. Survives
     * a killed process and power loss.
     */
    SYNC,
    /**
     * Input and answers are durable before the body's first line; outcomes are written behind, bounded. What survives a
     * crash is, per thread, a prefix of the order in which outcomes were reached. Pauses, completion and failure are
     * flushed before the caller sees them. The default.
     */
    ASYNC,
    /**
     * Nothing of the log is stored until the run ends or pauses, or a task begins whose effect must not happen twice; then all of it
     * in one transaction. A crash before loses the run.
     */
    EXIT
}
