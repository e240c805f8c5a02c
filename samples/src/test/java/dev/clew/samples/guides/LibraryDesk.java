package dev.clew.samples.guides;

import dev.clew.agents.Agent;
import dev.clew.agents.AgentInput;
import dev.clew.agents.AgentResult;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.annotations.Context;
import dev.clew.annotations.Effect;
import dev.clew.annotations.Tool;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.TaskContext;
import dev.clew.flow.Workflow;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelRequest;
import dev.clew.store.Hit;
import dev.clew.store.Namespace;
import dev.clew.store.Search;
import dev.clew.store.Store;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The desk of a library: the agent of the guide that talks, remembers its readers, and is watched. */
public class LibraryDesk {
    /** Who talks to the agent. */
    public record Reader(String name) {}

    /** What a reader likes. */
    public record Like(String text) {}

    /** Stands for the library's own system: what is reserved, by the key of the request. */
    private final Map<String, String> rooms;

    LibraryDesk(Map<String, String> rooms) {
        this.rooms = rooms;
    }

    LibraryDesk() {
        this(new ConcurrentHashMap<>());
    }

    @Tool("Lends a book to the reader.")
    String lend(String book, @Context Reader reader) {
        return book + " is lent to " + reader.name();
    }

    @Tool(value = "Reserves a room.", effect = Effect.ONCE, reconcile = "reserved")
    String reserve(String room, LocalDate day, @Context Reader reader, TaskContext context) {
        String reservation = room + " on " + day + " for " + reader.name();
        rooms.put(context.effectId(), reservation);
        return reservation;
    }

    Optional<String> reserved(String room, LocalDate day, TaskContext context) {
        return Optional.ofNullable(rooms.get(context.effectId()));
    }

    @Tool("Remembers what the reader likes.")
    void remember(String like, @Context Reader reader, TaskContext context) {
        context.store().put(likes(reader.name()), like, new Like(like));
    }

    static Namespace likes(String reader) {
        return Namespace.of("readers", reader, "likes");
    }

    static List<String> known(Store store, String reader) {
        return store.search(Search.in(likes(reader), Like.class)).stream()
                .map(Hit::value)
                .map(Like::text)
                .toList();
    }

    static Agent<String> agent(ModelClient model, LibraryDesk desk) {
        return Agent.builder("library", model)
                .systemPrompt((state, run) -> "You help readers. This one likes: "
                        + known(run.run().store(), readerOf(run.run().threadId())))
                .tools(LibraryDeskTools.of(desk))
                .middleware(HumanInTheLoop.on(LibraryDeskTools.LEND))
                .build();
    }

    /** The threads of a reader are {@code ann:monday}, {@code ann:tuesday}. */
    static String readerOf(String thread) {
        return thread.substring(0, thread.indexOf(':'));
    }

    static RunConfig conversation(String reader, String topic) {
        return RunConfig.thread(reader + ":" + topic).attributes(Map.of("reader", reader));
    }

    static RunResult<AgentResult<String>> say(
            Workflow<AgentInput, AgentResult<String>> library, String text, RunConfig thread, Consumer<String> out) {
        try (RunStream<AgentResult<String>> stream =
                library.stream(AgentInput.user(text), thread, StreamMode.MESSAGES)) {
            for (StreamEvent event : stream) {
                if (event instanceof StreamEvent.Message piece) {
                    out.accept(piece.chunk().text());
                }
            }
            return stream.result(); // a value, or the questions that a librarian must answer
        }
    }

    /** A model that needs no network: it says what it was told of the reader, word by word. */
    static class Parrot implements ModelClient {
        @Override
        public AiMessage call(ModelRequest request, ModelCall call) {
            AiMessage answer = Message.ai(String.valueOf(request.systemPrompt()));
            if (call.isStreamed()) {
                for (String word : answer.text().split("(?<= )")) {
                    call.emit(MessageChunk.text(word)); // only for those who watch; what counts is the answer
                }
            }
            return answer;
        }
    }
}
