package dev.clew.agents;

import static dev.clew.agents.Script.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.LogRecord;
import dev.clew.flow.RunConfig;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.model.ModelClient;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a long loop costs: a run of many turns, of which the model sees the last 200 messages. */
final class LongLoopTest {
    private static final int WINDOW = 200;

    private final Travel travel = new Travel();

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

    /** How many bytes the log of a run of so many turns has. */
    private long bytes(int turns) {
        AtomicLong asked = new AtomicLong();
        ModelClient model = (request, call) -> asked.incrementAndGet() > turns
                ? Message.ai("done")
                : Message.ai(call("c" + asked.get(), "weather", "city", "Rome"));
        Checkpointer store = Checkpointer.inMemory();
        try (var graph = Agent.builder("travel", model)
                .tools(travel.weather())
                .middleware(window())
                .build()
                .graph()
                .checkpointer(store)
                .build()) {
            AgentResult<String> result = graph.workflow()
                    .invoke(
                            AgentInput.user("Go"),
                            RunConfig.thread("t").runId("r").maxSupersteps(2 * turns + 10))
                    .value();
            assertThat(result.messages()).hasSize(2 * turns + 1);
        }
        AtomicLong bytes = new AtomicLong();
        store.scan("t", "r", 0, (LogRecord entry) -> bytes.addAndGet(entry.bytes().length));
        return bytes.get();
    }

    @Test
    void bytesGrowWithTheTurnsAndNotFaster() {
        long some = bytes(250);
        long more = bytes(1_000);

        assertThat((double) more / some).isBetween(3.5, 4.5);
    }
}
