package dev.clew.benchmarks.peers;

import static org.bsc.langgraph4j.GraphDefinition.END;
import static org.bsc.langgraph4j.GraphDefinition.START;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import java.util.Map;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphInput;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.checkpoint.MemorySaver;
import org.bsc.langgraph4j.state.AgentState;

/** Three nodes and a pause before the last one in LangGraph4j, with its memory saver. */
final class LangGraph4jPause {
    private final CompiledGraph<AgentState> graph;

    LangGraph4jPause() throws GraphStateException {
        StateGraph<AgentState> nodes = new StateGraph<>(Map.of(), AgentState::new);
        String before = START;
        for (String name : new String[] {"one", "two", "three"}) {
            nodes.addNode(
                    name,
                    node_async(
                            state -> Map.of("sum", state.<Integer>value("sum").orElse(0) + 1)));
            nodes.addEdge(before, name);
            before = name;
        }
        nodes.addNode("ask", node_async(state -> Map.of("answered", true)));
        nodes.addEdge(before, "ask");
        nodes.addEdge("ask", END);
        graph = nodes.compile(CompileConfig.builder()
                .checkpointSaver(new MemorySaver())
                .interruptBefore("ask")
                .build());
    }

    void ask(String thread) {
        AgentState state = graph.invoke(Map.of("sum", 0), config(thread)).orElseThrow();
        expect(state.<Integer>value("sum").orElse(0) == 3
                && state.value("answered").isEmpty());
    }

    void answer(String thread) {
        AgentState state = graph.invoke(GraphInput.resume(), config(thread)).orElseThrow();
        expect(state.value("answered").isPresent());
    }

    private static void expect(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("LangGraph4j did something else than what is measured");
        }
    }

    private static RunnableConfig config(String thread) {
        return RunnableConfig.builder().threadId(thread).build();
    }
}
