package dev.clew.samples.agents;

import dev.clew.agents.Agent;
import dev.clew.agents.AgentInput;
import dev.clew.agents.AgentResult;
import dev.clew.agents.middleware.Budget;
import dev.clew.agents.middleware.TodoList;
import dev.clew.flow.RunConfig;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelClient;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.Map;

/** A lead gives work to two other agents, which are its tools. Each call of a worker is a run of its own, inside of the lead's. */
public final class LeadWithWorkers {
    private LeadWithWorkers() {}

    static Agent<String> lead(ModelClient model, ModelClient research, ModelClient writing) {
        Agent<String> researcher = Agent.builder("researcher", research)
                .systemPrompt("You find facts and name their sources.")
                .build();
        Agent<String> writer = Agent.builder("writer", writing)
                .systemPrompt("You write one clear paragraph from the facts that you are given.")
                .build();
        return Agent.builder("lead", model)
                .systemPrompt("You let others research and write, and then give the paragraph as it is.")
                .tools(
                        researcher.asTool("research", "Finds facts. Give it one question."),
                        writer.asTool("write", "Writes a paragraph. Give it all facts."))
                .middleware(Budget.tokens(50_000), TodoList.create())
                .build();
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = lead(ModelChoice.or(LEAD), ModelChoice.or(RESEARCHER), ModelChoice.or(WRITER))
                        .graph()
                        .checkpointer(db.checkpointer())
                        .build()) {
            AgentResult<String> result = graph.workflow()
                    .invoke(AgentInput.user("A paragraph on rain in Bergen, please."), RunConfig.once("lead"))
                    .value();
            System.out.println(result.output());
            System.out.println("(" + result.cost().modelCalls() + " calls of models)");
        }
    }

    /** Models that need no network. */
    static final ModelClient LEAD = (request, call) -> {
        Message last = request.lastMessage();
        if (!(last instanceof ToolMessage result)) {
            return calls("research", "How often does it rain in Bergen?");
        }
        return "research".equals(result.name())
                ? calls("write", "Write of this: " + result.text())
                : Message.ai(result.text());
    };

    static final ModelClient RESEARCHER = (request, call) -> Message.ai("It rains on 200 days a year (city archive).");

    static final ModelClient WRITER = (request, call) ->
            Message.ai("Bergen is wet: " + request.lastMessage().text().replace("Write of this: ", ""));

    private static AiMessage calls(String tool, String task) {
        return Message.ai(ToolCall.of("call_" + tool, tool, Map.of("task", task)));
    }
}
