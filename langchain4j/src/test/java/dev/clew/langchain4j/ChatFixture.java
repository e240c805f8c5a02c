package dev.clew.langchain4j;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunStream;
import dev.clew.flow.TaskContext;
import dev.clew.spi.TaskSpec;
import dev.clew.stream.StreamEvent;
import dev.clew.task.RetryPolicy;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A workflow with one task that asks a model. */
abstract class ChatFixture {
    static final RunConfig T = RunConfig.thread("t");

    static final RetryPolicy THRICE = RetryPolicy.builder()
            .maxAttempts(3)
            .initialInterval(Duration.ofMillis(1))
            .jitter(false)
            .build();

    private final List<Lab> labs = new ArrayList<>();

    /** What the task does with its input. */
    interface Chat {
        String ask(String question, TaskContext task);
    }

    Lab lab(Chat chat) {
        return lab(task -> task, chat);
    }

    Lab lab(UnaryOperator<TaskSpec.Builder<String>> policies, Chat chat) {
        TaskSpec<String> write = policies.apply(TaskSpec.of("write", TypeRef.of(String.class))
                        .method("Lab", "write(String)")
                        .parameter("question", TypeRef.of(String.class)))
                .leaf(call -> chat.ask(call.arg(0), call.taskContext()));
        Lab lab = new Lab(Checkpointer.inMemory(), Durability.SYNC)
                .body((input, calls, run) -> calls.raw().call(write, input).join());
        labs.add(lab);
        return lab;
    }

    static List<StreamEvent> read(RunStream<String> stream) {
        List<StreamEvent> events = new ArrayList<>();
        try (stream) {
            stream.forEach(events::add);
        }
        return events;
    }

    /** The tokens, each with the attempt that said it. */
    static List<String> tokens(List<StreamEvent> events) {
        return events.stream()
                .filter(StreamEvent.Message.class::isInstance)
                .map(StreamEvent.Message.class::cast)
                .map(message -> message.attempt() + " " + message.token())
                .toList();
    }

    @AfterEach
    void closeLabs() {
        labs.forEach(Lab::close);
    }
}
