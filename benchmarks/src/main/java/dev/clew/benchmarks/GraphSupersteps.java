package dev.clew.benchmarks;

import static org.bsc.langgraph4j.GraphDefinition.END;
import static org.bsc.langgraph4j.action.AsyncEdgeAction.edge_async;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.interrupt.Command;
import dev.clew.sqlite.Sqlite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphDefinition;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.checkpoint.MemorySaver;
import org.bsc.langgraph4j.state.AgentState;
import org.bsc.langgraph4j.state.Channel;
import org.bsc.langgraph4j.state.Channels;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * W10: supersteps of one node that appends 100 characters to a list of the state. {@code run} executes them; {@code resume}
 * proceeds from a fork before the last one, so all others are replayed. Instead of a limit a peer is measured: the same graph
 * in LangGraph4j, with its memory saver.
 */
public class GraphSupersteps {
    /** Our graph. */
    @State(Scope.Benchmark)
    public static class Ours {
        @Param({"run/memory", "run/sqlite/sync", "resume/memory", "resume/sqlite/async"})
        public String variant;

        @Param({"100", "1000", "10000"})
        public int n;

        private LoopGraph graph;
        private @Nullable Sqlite db;
        private @Nullable Path folder;
        private int runs;

        @Setup(Level.Trial)
        public void warm() {
            for (int i = Warmth.runs(n); i > 0; i--) {
                open();
                measured();
                close();
            }
        }

        @Setup(Level.Invocation)
        public void open() {
            var builder = LoopGraph.builder(new Loop());
            if (variant.contains("sqlite")) {
                folder = Folders.fresh();
                db = Sqlite.open(folder.resolve("loop.db"));
                builder.checkpointer(db.checkpointer())
                        .durability(
                                variant.endsWith("sync") && !variant.endsWith("async")
                                        ? Durability.SYNC
                                        : Durability.ASYNC);
            } else {
                builder.checkpointer(Checkpointer.inMemory());
            }
            graph = builder.build();
            if (variant.startsWith("resume")) {
                runs++;
                graph.workflow().invoke(n, thread());
                pauseBeforeTheLast();
            }
        }

        /** A run that has all its supersteps but one behind it. */
        private void pauseBeforeTheLast() {
            var snapshots = graph.workflow().snapshots(thread()).filter(s -> s.superstep() == n - 1);
            graph.workflow().fork(snapshots.findFirst().orElseThrow().config());
        }

        private RunConfig thread() {
            return RunConfig.thread("t" + runs).maxSupersteps(n + 1);
        }

        int measured() {
            return variant.startsWith("resume")
                    ? graph.workflow().invoke(Command.proceed(), thread()).value()
                    : graph.workflow().invoke(n, thread()).value();
        }

        @TearDown(Level.Invocation)
        public void close() {
            graph.close();
            if (db != null && folder != null) {
                db.close();
                Folders.delete(folder);
                db = null;
            }
        }
    }

    /** The peer's state. */
    static final class PeerState extends AgentState {
        static final Map<String, Channel<?>> SCHEMA =
                Map.of("notes", Channels.<String>appenderWithDuplicate(ArrayList::new));

        PeerState(Map<String, Object> data) {
            super(data);
        }

        int done() {
            return this.<List<String>>value("notes").map(List::size).orElse(0);
        }
    }

    /** The peer's graph. */
    @State(Scope.Benchmark)
    public static class Peer {
        @Param("1000")
        public int units;

        private CompiledGraph<PeerState> graph;
        private int runs;

        @Setup(Level.Trial)
        public void compile() throws GraphStateException {
            StateGraph<PeerState> loop = new StateGraph<>(PeerState.SCHEMA, PeerState::new);
            loop.addNode("add", node_async(state -> Map.of("notes", Loop.NOTE)));
            loop.addEdge(GraphDefinition.START, "add");
            loop.addConditionalEdges(
                    "add",
                    edge_async(state -> state.done() < units ? "again" : "end"),
                    Map.of("again", "add", "end", END));
            graph = loop.compile(CompileConfig.builder()
                    .checkpointSaver(new MemorySaver())
                    .recursionLimit(units + 10)
                    .build());
        }

        int run() {
            return graph.invoke(
                            Map.of(),
                            RunnableConfig.builder().threadId("t" + ++runs).build())
                    .orElseThrow()
                    .done();
        }
    }

    @Benchmark
    public int ours(Ours ours) {
        return ours.measured();
    }

    @Benchmark
    public int limit(Peer peer) {
        return peer.run();
    }
}
