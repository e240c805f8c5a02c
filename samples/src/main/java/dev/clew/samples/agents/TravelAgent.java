package dev.clew.samples.agents;

import dev.clew.agents.Agent;
import dev.clew.agents.AgentInput;
import dev.clew.agents.AgentResult;
import dev.clew.agents.Decision;
import dev.clew.agents.ToolApproval;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.ModelCallLimit;
import dev.clew.annotations.Describe;
import dev.clew.annotations.Effect;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Tool;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.TaskContext;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelClient;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A chat with tools: the agent looks at the weather by itself, and asks before it books. Stop it where it asks, and the same
 * command continues there.
 */
public class TravelAgent {
    /** Stands for the agency's server: what was booked, by the key of the request. */
    private final Map<String, String> agency = new ConcurrentHashMap<>();

    public record Trip(
            @Describe("the English name of a city") String to, int days) {}

    @Tool(value = "Tells the weather of a city.", retry = @Retry(maxAttempts = 3))
    String weather(@Describe("its English name") String city) {
        return city.equals("Chania") ? "sun, 24 degrees" : "rain";
    }

    /** The effect's id is the same on every attempt, so the other side can tell a repeated request. */
    @Tool(value = "Books a trip. Costs money.", effect = Effect.ONCE, reconcile = "found", timeout = "PT30S")
    String book(Trip trip, TaskContext context) {
        System.out.println("(booking with the key "
                + Integer.toHexString(context.effectId().hashCode()) + ")");
        String booked = "booked: " + trip.days() + " days in " + trip.to();
        agency.put(context.effectId(), booked);
        return booked;
    }

    /** Asks the agency whether a call booked that was cut off. */
    Optional<String> found(Trip trip, TaskContext context) {
        return Optional.ofNullable(agency.get(context.effectId()));
    }

    static Agent<String> agent(ModelClient model) {
        return Agent.builder("travel-agent", model)
                .systemPrompt("You plan trips.")
                .tools(TravelAgentTools.of(new TravelAgent()))
                .middleware(HumanInTheLoop.on(TravelAgentTools.BOOK), ModelCallLimit.perRun(20))
                .build();
    }

    /** With a model that needs no network. */
    public static Agent<String> offline() {
        return agent(SCRIPT);
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = agent(ModelChoice.or(SCRIPT))
                        .graph()
                        .checkpointer(db.checkpointer())
                        .build()) {
            var travel = graph.workflow();
            RunConfig job = RunConfig.once("travel-agent");
            RunResult<AgentResult<String>> result = travel.invoke(AgentInput.user("Three days in Crete, please."), job);
            while (result instanceof RunResult.Interrupted<AgentResult<String>> pause) {
                List<Answer> answers = new ArrayList<>();
                for (PendingInterrupt<ToolApproval, Decision> question : pause.all(HumanInTheLoop.APPROVAL)) {
                    Optional<Decision> decision = ask(question.value());
                    if (decision.isEmpty()) {
                        return;
                    }
                    answers.add(question.answer(decision.get()));
                }
                result = travel.invoke(Command.answers(answers), job);
            }
            System.out.println(result.value().output());
        }
    }

    private static Optional<Decision> ask(ToolApproval call) {
        return Terminal.askOrPark(call.name() + " " + call.args() + "\nok, or no REASON?", TravelAgent::read);
    }

    /** What a line says; a line that says neither decides nothing. */
    static Optional<Decision> read(String line) {
        if (line.equals("ok")) {
            return Optional.of(Decision.approve());
        }
        return line.startsWith("no")
                ? Optional.of(Decision.reject(line.substring("no".length()).strip()))
                : Optional.empty();
    }

    /** A model that needs no network: it looks at the weather, books, and says what came of it. */
    static final ModelClient SCRIPT = (request, call) -> {
        Message last = request.lastMessage();
        if (!(last instanceof ToolMessage result)) {
            return calls("weather", Map.of("city", "Chania"));
        }
        if ("weather".equals(result.name())) {
            return calls("book", Map.of("trip", Map.of("to", "Chania", "days", 3)));
        }
        return Message.ai(result.isError() ? "Then not. " + result.text() : "Done, " + result.text() + ".");
    };

    private static AiMessage calls(String tool, Map<String, Object> arguments) {
        return Message.ai(ToolCall.of("call_" + tool, tool, arguments));
    }
}
