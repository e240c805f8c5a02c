package dev.clew.benchmarks;

import dev.clew.agents.Agent;
import dev.clew.agents.AgentInput;
import dev.clew.agents.AgentResult;
import dev.clew.agents.Middleware;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.graph.CompiledGraph;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.model.ModelClient;
import dev.clew.sqlite.Sqlite;
import dev.clew.tools.AgentTool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent that calls a tool in each turn until it has done so often enough, over what the variant names. */
final class AgentBench implements AutoCloseable {
    private static final int WINDOW = 200;

    private final @Nullable Path folder;
    private final @Nullable Sqlite db;
    private final CompiledGraph<AgentInput, AgentResult<String>, ?> graph;
    private int asked;
    private int wanted;

    record Query(String text) {}

    private AgentBench(@Nullable Path folder) {
        this.folder = folder;
        this.db = folder == null ? null : Sqlite.open(folder.resolve("agent.db"));
        this.graph = Agent.builder("desk", model())
                .tools(AgentTool.of("search", "Searches.", Query.class, (query, context) -> "found " + query.text()))
                .middleware(window())
                .build()
                .graph()
                .checkpointer(db == null ? Checkpointer.inMemory() : db.checkpointer())
                .durability(Durability.ASYNC)
                .build();
    }

    static AgentBench open(String variant) {
        return new AgentBench(variant.contains("sqlite") ? Folders.fresh() : null);
    }

    private ModelClient model() {
        return (request, call) -> ++asked > wanted
                ? Message.ai("done")
                : Message.ai(ToolCall.of("c" + asked, "search", Map.of("text", "number " + asked)));
    }

    private static Middleware window() {
        return Middleware.named(
                "window",
                hooks -> hooks.wrapModelCall((request, run, next) -> {
                    List<Message> all = request.messages();
                    int from = Math.max(0, all.size() - WINDOW);
                    while (from > 0 && !(all.get(from) instanceof AiMessage)) {
                        from--;
                    }
                    return next.call(request.withMessages(all.subList(from, all.size())));
                }));
    }

    /** Runs so many turns; returns how many messages there are. */
    int run(int turns) {
        wanted = turns;
        return graph.workflow()
                .invoke(AgentInput.user("Go"), RunConfig.thread("t").maxSupersteps(2 * turns + 10))
                .value()
                .messages()
                .size();
    }

    @Override
    public void close() {
        graph.close();
        if (db != null && folder != null) {
            db.close();
            Folders.delete(folder);
        }
    }
}
