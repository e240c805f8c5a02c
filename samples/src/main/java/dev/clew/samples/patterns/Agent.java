package dev.clew.samples.patterns;

import static dev.clew.samples.shared.ScriptedModel.call;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.RunConfig;
import dev.clew.json.JsonCodec;
import dev.clew.langchain4j.ChatMessageModule;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Structured;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.stream.StreamEvent;
import dev.clew.task.TaskFuture;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The agent loop: the model is asked again and again, and its tool calls run in parallel, until it calls none. */
public class Agent {
    record Place(String city) {}

    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("weather")
            .description("Tells the weather of a city.")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("city")
                    .required("city")
                    .build())
            .build();

    private final ChatModel model;

    Agent(ChatModel model) {
        this.model = model;
    }

    @Task(retry = @Retry(maxAttempts = 3))
    AiMessage think(List<ChatMessage> conversation) {
        return model.chat(ChatRequest.builder()
                        .messages(conversation)
                        .toolSpecifications(WEATHER)
                        .build())
                .aiMessage();
    }

    @Task(retry = @Retry(maxAttempts = 3))
    String weather(String arguments) throws IOException {
        Place place = Structured.read(arguments, Place.class);
        return place.city() + (place.city().equals("Oslo") ? ": snow, -3 degrees" : ": sun, 18 degrees");
    }

    @Entrypoint
    String ask(String question, AgentTasks tasks) {
        List<ChatMessage> conversation = new ArrayList<>(List.of(UserMessage.from(question)));
        while (true) {
            AiMessage thought = tasks.think(conversation).join();
            conversation.add(thought);
            if (!thought.hasToolExecutionRequests()) {
                return thought.text();
            }
            var calls = thought.toolExecutionRequests();
            List<String> results = TaskFuture.allOf(
                    calls.stream().map(call -> tasks.weather(call.arguments())).toList());
            for (int i = 0; i < results.size(); i++) {
                conversation.add(ToolExecutionResultMessage.from(calls.get(i), results.get(i)));
            }
        }
    }

    public static void main(String... args) {
        Agent flow = new Agent(ModelChoice.or(SCRIPT));
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = AgentGraph.builder(flow)
                        .checkpointer(db.checkpointer())
                        .codec(JsonCodec.builder()
                                .module(new ChatMessageModule())
                                .build())
                        .build();
                var stream = graph.ask().stream("Where is it warmer, Oslo or Rome?", RunConfig.once("agent"))) {
            for (StreamEvent event : stream) {
                if (event instanceof StreamEvent.Update update && update.name().equals("weather")) {
                    System.out.println("tool: " + update.value());
                }
            }
            System.out.println(stream.result().value());
        }
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when("warmer", call("1", "weather", "{\"city\": \"Oslo\"}"), call("2", "weather", "{\"city\": \"Rome\"}"))
            .when("Rome: sun", "It is warmer in Rome: 18 degrees, against -3 in Oslo.");
}
