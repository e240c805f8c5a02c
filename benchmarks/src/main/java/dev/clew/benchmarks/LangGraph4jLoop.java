package dev.clew.benchmarks;

import static org.bsc.langgraph4j.GraphDefinition.END;
import static org.bsc.langgraph4j.GraphDefinition.START;
import static org.bsc.langgraph4j.action.AsyncEdgeAction.edge_async;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.checkpoint.MemorySaver;
import org.bsc.langgraph4j.state.AgentState;
import org.bsc.langgraph4j.state.Channel;
import org.bsc.langgraph4j.state.Channels;

/** A loop of supersteps in LangGraph4j, with its memory saver: each one appends a note to a list of the state. */
public final class LangGraph4jLoop {
    private final CompiledGraph<Notes> graph;
    private int runs;

    public LangGraph4jLoop(int supersteps, String note) throws GraphStateException {
        StateGraph<Notes> loop = new StateGraph<>(Notes.SCHEMA, Notes::new);
        loop.addNode("add", node_async(state -> Map.of("notes", note)));
        loop.addEdge(START, "add");
        loop.addConditionalEdges(
                "add",
                edge_async(state -> state.count() < supersteps ? "again" : "end"),
                Map.of("again", "add", "end", END));
        graph = loop.compile(CompileConfig.builder()
                .checkpointSaver(new MemorySaver())
                .recursionLimit(supersteps + 10)
                .build());
    }

    private static final class Notes extends AgentState {
        static final Map<String, Channel<?>> SCHEMA =
                Map.of("notes", Channels.<String>appenderWithDuplicate(ArrayList::new));

        Notes(Map<String, Object> data) {
            super(data);
        }

        int count() {
            return this.<List<String>>value("notes").map(List::size).orElse(0);
        }
    }

    /** Runs it on a thread of its own; how many notes there are then. */
    public int run() {
        return graph.invoke(
                        Map.of(),
                        RunnableConfig.builder().threadId("t" + ++runs).build())
                .orElseThrow()
                .count();
    }
}
