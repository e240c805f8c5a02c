package dev.clew.samples.people;

import static dev.clew.samples.shared.ScriptedModel.call;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Answer;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.samples.shared.ModelChoice;
import dev.clew.samples.shared.ScriptedModel;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.task.TaskFuture;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tool calls that a person reviews before they run: all at once, each to be run, run otherwise, or refused. The sample
 * {@code agent} has the loop that gives a model what its tools said.
 */
public class ReviewToolCalls {
    public record ToolCall(String tool, String arguments) {}

    public sealed interface Verdict {
        record Accept() implements Verdict {}

        record Change(String arguments) implements Verdict {}

        record Refuse(String reason) implements Verdict {}
    }

    public static final InterruptKey<ToolCall, Verdict> REVIEW =
            InterruptKey.of("review", ToolCall.class, Verdict.class);

    private static final ToolSpecification BOOK = ToolSpecification.builder()
            .name("book")
            .description("Books something for a traveller.")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("what")
                    .required("what")
                    .build())
            .build();

    private final ChatModel model;

    ReviewToolCalls(ChatModel model) {
        this.model = model;
    }

    /** What the model wants to do for this wish: all of its calls at once. */
    @Task(retry = @Retry(maxAttempts = 3))
    List<ToolCall> propose(String wish) {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from(wish))
                .toolSpecifications(BOOK)
                .build();
        return model.chat(request).aiMessage().toolExecutionRequests().stream()
                .map(call -> new ToolCall(call.name(), call.arguments()))
                .toList();
    }

    @Task
    String book(String arguments) {
        System.out.println("(booking)");
        return "booked: " + arguments;
    }

    /** A task that takes its tasks and its run is a scope: several of them may ask at the same time. */
    @Task
    String review(ToolCall call, ReviewToolCallsTasks tasks, Run run) {
        Verdict verdict = run.interrupt(REVIEW, call);
        if (verdict instanceof Verdict.Refuse refuse) {
            return "refused: " + refuse.reason();
        }
        return tasks.book(verdict instanceof Verdict.Change change ? change.arguments() : call.arguments())
                .join();
    }

    @Entrypoint
    List<String> plan(String wish, ReviewToolCallsTasks tasks) {
        List<ToolCall> calls = tasks.propose(wish).join();
        return TaskFuture.allOf(calls.stream().map(tasks::review).toList());
    }

    public static void main(String... args) {
        ReviewToolCalls flow = new ReviewToolCalls(ModelChoice.or(SCRIPT));
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = ReviewToolCallsGraph.builder(flow)
                        .checkpointer(db.checkpointer())
                        .build()) {
            var plan = graph.plan();
            RunConfig job = RunConfig.once("review-tool-calls");
            RunResult<List<String>> result = plan.invoke("Book me a train to Crete, a room, and a boat.", job);
            while (result instanceof RunResult.Interrupted<List<String>> pause) {
                List<Answer> answers = new ArrayList<>();
                for (PendingInterrupt<ToolCall, Verdict> question : pause.all(REVIEW)) {
                    Optional<Verdict> verdict = ask(question.value());
                    if (verdict.isEmpty()) {
                        return;
                    }
                    answers.add(question.answer(verdict.get()));
                }
                result = plan.invoke(Command.answers(answers), job);
            }
            result.value().forEach(System.out::println);
        }
    }

    private static Optional<Verdict> ask(ToolCall call) {
        return Terminal.askOrPark(
                call.tool() + " " + call.arguments() + "\nok, change ARGUMENTS, or refuse REASON?",
                ReviewToolCalls::read);
    }

    /** What a line says; a line that says none of the three accepts nothing and refuses nothing. */
    static Optional<Verdict> read(String line) {
        if (line.equals("ok")) {
            return Optional.of(new Verdict.Accept());
        }
        if (line.startsWith("change ")) {
            return Optional.of(new Verdict.Change(line.substring("change ".length())));
        }
        return line.startsWith("refuse ")
                ? Optional.of(new Verdict.Refuse(line.substring("refuse ".length())))
                : Optional.empty();
    }

    private static final ScriptedModel SCRIPT = new ScriptedModel()
            .when(
                    "Book me",
                    call("1", "book", "{\"what\": \"train to Crete\"}"),
                    call("2", "book", "{\"what\": \"room with a bath\"}"),
                    call("3", "book", "{\"what\": \"rowing boat\"}"));
}
