import dev.clew.agents.Agent;
import dev.clew.agents.AgentInput;
import dev.clew.agents.AgentResult;
import dev.clew.agents.Decision;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.annotations.Describe;
import dev.clew.annotations.Tool;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.langchain4j.LangChain4jModel;
import dev.clew.sqlite.Sqlite;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.nio.file.Path;

/** An agent on a model of LangChain4j, which asks before it books. */
public class Concierge {
    @Tool("Books a table.")
    String book(@Describe("how many guests") int guests) {
        System.out.println("booking");
        return "a table for " + guests;
    }

    /** Stands for a provider's model, and needs no network: it books, and says what came of it. */
    static class Script implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            ChatMessage last = request.messages().get(request.messages().size() - 1);
            AiMessage answer = last instanceof ToolExecutionResultMessage booked
                    ? AiMessage.from("You have " + booked.text() + ".")
                    : AiMessage.from(ToolExecutionRequest.builder()
                            .id("call-1")
                            .name("book")
                            .arguments("{\"guests\": 4}")
                            .build());
            return ChatResponse.builder().aiMessage(answer).build();
        }
    }

    public static void main(String... args) {
        Agent<String> concierge = Agent.builder("concierge", LangChain4jModel.of(new Script()))
                .systemPrompt("You book tables.")
                .tools(ConciergeTools.of(new Concierge()))
                .middleware(HumanInTheLoop.on(ConciergeTools.BOOK))
                .build();
        try (var db = Sqlite.open(Path.of("concierge.db"));
                var graph = concierge.graph().checkpointer(db.checkpointer()).build()) {
            RunConfig evening = RunConfig.once("evening-1");
            RunResult<AgentResult<String>> result = graph.workflow().invoke(AgentInput.user("Four of us, please."), evening);
            if (result instanceof RunResult.Interrupted<AgentResult<String>> pause && args.length > 0) {
                result = graph.workflow()
                        .invoke(pause.only(HumanInTheLoop.APPROVAL).answer(Decision.approve()), evening);
            }
            if (result instanceof RunResult.Interrupted<AgentResult<String>> pause) {
                System.out.println("May it " + pause.only(HumanInTheLoop.APPROVAL).value().name() + "? Run again with yes.");
            } else {
                System.out.println(result.value().output());
            }
        }
    }
}
