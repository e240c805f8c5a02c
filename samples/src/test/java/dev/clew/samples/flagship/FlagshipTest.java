package dev.clew.samples.flagship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.agents.Agent;
import dev.clew.agents.AgentInput;
import dev.clew.agents.AgentResult;
import dev.clew.agents.Decision;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.agents.middleware.ModelCallLimit;
import dev.clew.agents.middleware.Summarization;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.flow.WorkflowFailedException;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.Command;
import dev.clew.langchain4j.LangChain4jModel;
import dev.clew.samples.flagship.Travel.Booking;
import dev.clew.samples.flagship.Travel.Trip;
import dev.clew.samples.flagship.Travel.TripPlan;
import dev.clew.samples.flagship.Travel.Weather;
import dev.clew.sqlite.Sqlite;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users see first, as it is promised: an agent with tools of which one costs money. */
final class FlagshipTest {
    /** An agency whose answer to a booking is lost. */
    private static final class Agency implements Travel.Api {
        private final Map<String, Booking> booked = new ConcurrentHashMap<>();

        @Override
        public Weather weather(String city) {
            return new Weather("sun", 24);
        }

        @Override
        public Booking book(Trip trip, String key) throws IOException {
            booked.put(key, new Booking("b-" + (booked.size() + 1), trip.to()));
            throw new IOException("the connection broke");
        }

        @Override
        public Optional<Booking> find(String key) {
            return Optional.ofNullable(booked.get(key));
        }

        @Override
        public void cancel(String key) {
            booked.remove(key);
        }
    }

    private static long results(ChatRequest request) {
        return request.messages().stream()
                .filter(ToolExecutionResultMessage.class::isInstance)
                .count();
    }

    /** Fails once the trip is booked. */
    private static final ChatModel FAILING = new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            if (results(request) == 2) {
                throw new AuthenticationException("the key has expired");
            }
            return CHAT.doChat(request);
        }
    };

    /** Looks at the weather, books, and gives the plan by the tool of its name. */
    private static final ChatModel CHAT = new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            long results = results(request);
            return ChatResponse.builder()
                    .aiMessage(AiMessage.builder()
                            .thinking("what is next?")
                            .attributes(Map.of("signature", "s-" + results))
                            .toolExecutionRequests(List.of(
                                    results == 0
                                            ? call("weather", "{\"city\":\"Chania\"}")
                                            : results == 1
                                                    ? call("book", "{\"trip\":{\"to\":\"Chania\",\"days\":3}}")
                                                    : call("TripPlan", "{\"to\":\"Chania\",\"booking\":\"b-1\"}")))
                            .build())
                    .tokenUsage(new TokenUsage(10, 20))
                    .finishReason(FinishReason.TOOL_EXECUTION)
                    .build();
        }

        private static ToolExecutionRequest call(String name, String arguments) {
            return ToolExecutionRequest.builder()
                    .id("call_" + name)
                    .name(name)
                    .arguments(arguments)
                    .build();
        }
    };

    private static Decision ask(dev.clew.agents.ToolApproval call) {
        assertThat(call.name()).isEqualTo("book");
        return Decision.approve();
    }

    @Test
    void compilesAndBooksOnceThoughTheAnswerIsLost(@TempDir Path folder) {
        Agency api = new Agency();
        ChatModel chatModel = CHAT;
        RunConfig thread = RunConfig.thread("crete");

        Agent<TripPlan> agent = Agent.builder("travel", LangChain4jModel.of(chatModel))
                .systemPrompt("You plan trips.")
                .tools(TravelTools.of(new Travel(api)))
                .middleware(
                        HumanInTheLoop.on(TravelTools.BOOK),
                        Summarization.aboveTokens(8_000),
                        ModelCallLimit.perRun(20))
                .output(TripPlan.class)
                .build();
        try (var db = Sqlite.open(folder.resolve("trips.db"));
                var graph = agent.graph().checkpointer(db.checkpointer()).build()) {
            Workflow<AgentInput, AgentResult<TripPlan>> travel = graph.workflow();
            RunResult<AgentResult<TripPlan>> result = travel.invoke(AgentInput.user("Three days in Crete"), thread);
            while (result instanceof RunResult.Interrupted<AgentResult<TripPlan>> pause) {
                List<Answer> answers = new ArrayList<>();
                for (var question : pause.all(HumanInTheLoop.APPROVAL)) {
                    answers.add(question.answer(ask(question.value())));
                }
                result = travel.invoke(Command.answers(answers), thread);
            }
            TripPlan plan = result.value().output();

            assertThat(plan).isEqualTo(new TripPlan("Chania", "b-1"));
        }
        assertThat(api.booked).hasSize(1);
        assertStoredWithoutLangChain4j(folder.resolve("trips.db"));
    }

    @Test
    void runOfWhichNothingComesIsUndone(@TempDir Path folder) {
        Agency api = new Agency();
        RunConfig thread = RunConfig.thread("crete");
        Agent<TripPlan> agent = Agent.builder("travel", LangChain4jModel.of(FAILING))
                .tools(TravelTools.of(new Travel(api)))
                .output(TripPlan.class)
                .build();
        try (var db = Sqlite.open(folder.resolve("trips.db"));
                var graph = agent.graph().checkpointer(db.checkpointer()).build()) {
            Workflow<AgentInput, AgentResult<TripPlan>> travel = graph.workflow();
            assertThatThrownBy(() -> travel.invoke(AgentInput.user("Three days in Crete"), thread))
                    .isInstanceOf(WorkflowFailedException.class);
            assertThat(api.booked).hasSize(1);

            assertThat(travel.invoke(Command.undo(), thread)).isInstanceOf(RunResult.Undone.class);
        }
        assertThat(api.booked).isEmpty();
    }

    /** What is stored outlives the library: another version of it, or none, reads it. */
    private static void assertStoredWithoutLangChain4j(Path file) {
        String stored = bytes(file);
        assertThat(stored).contains("Chania", "what is next?", "s-1").doesNotContain("langchain4j.");
    }

    private static String bytes(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
