package dev.clew.spi;

/**
 * What a generated graph is wired with: opaque, made by {@link dev.clew.GraphBuilder} and handed on to {@link
 * dev.clew.Graph}. Implemented by Clew alone.
 *
 * <pre>{@code
 * GraphBuilder.of(wiring -> new EssayFlowGraph(flow, wiring))
 * }</pre>
 */
public interface Wiring {}
