package dev.clew.samples.guides;

import static dev.clew.testing.ClewAssertions.assertThat;
import static dev.clew.testing.Storage.MEMORY;
import static dev.clew.testing.Storage.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.GraphBuilder;
import dev.clew.agents.AgentInput;
import dev.clew.agents.AgentResult;
import dev.clew.agents.AgentState;
import dev.clew.agents.Decision;
import dev.clew.agents.middleware.HumanInTheLoop;
import dev.clew.flow.RunResult;
import dev.clew.graph.CompiledGraph;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.model.ModelClient;
import dev.clew.store.Store;
import dev.clew.testing.ClewTest;
import dev.clew.testing.Lab;
import dev.clew.testing.ScriptedModel;
import dev.clew.testing.TestWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

class LibraryDeskTest {
    private final AtomicInteger puts = new AtomicInteger();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final Map<String, String> rooms = new ConcurrentHashMap<>() {
        @Override
        public String put(String key, String room) {
            puts.incrementAndGet();
            return super.put(key, room);
        }

        @Override
        public String get(Object key) {
            lookUps.incrementAndGet();
            return super.get(key);
        }
    };
    private final Store store = Store.inMemory();

    private GraphBuilder<CompiledGraph<AgentInput, AgentResult<String>, AgentState>> builder(ModelClient model) {
        return LibraryDesk.agent(model, new LibraryDesk(rooms))
                .graph()
                .store(store)
                .context(
                        LibraryDesk.Reader.class,
                        attributes -> new LibraryDesk.Reader(attributes.get("reader", String.class)));
    }

    private TestWorkflow<AgentInput, AgentResult<String>> library(Lab lab, ModelClient model) {
        return lab.graph(() -> builder(model))
                .workflow(graph -> graph.workflow())
                .on("ann:monday")
                .with(config -> config.attributes(Map.of("reader", "ann")));
    }

    @ClewTest({MEMORY, SQLITE})
    void reservesOnceThoughItsProcessDiesInTheTool(Lab lab) {
        ScriptedModel model = ScriptedModel.create()
                .then(ToolCall.of("call-1", "reserve", Map.of("room", "attic", "day", "2026-12-24")))
                .then("The attic is yours.");
        var library = library(lab, model);
        lab.crashWithin("reserve"); // the room is reserved, and nothing of that is stored

        AgentResult<String> result =
                library.invoke(AgentInput.user("The attic, please.")).value();

        assertThat(result).calledTools(LibraryDeskTools.RESERVE).says("The attic is yours.");
        assertThat(puts).hasValue(1);
        assertThat(lookUps).hasPositiveValue(); // reconcile has found it
    }

    @ClewTest
    void aCallThatDoesNotBeginIsNoReservation(Lab lab) {
        ScriptedModel model = ScriptedModel.create()
                .then(ToolCall.of("call-1", "reserve", Map.of("room", "attic", "day", "2026-12-24")))
                .then("The attic is yours.");
        var library = library(lab, model);
        lab.crashBefore("reserve");
        lab.crashAfter("reserve");

        assertThat(library.invoke(AgentInput.user("The attic, please.")).value().output())
                .isEqualTo("The attic is yours.");
        assertThat(puts).hasValue(1);
    }

    @ClewTest({MEMORY, SQLITE})
    void aLibrarianDecidesInAnotherProcess(Lab lab) {
        ScriptedModel model = ScriptedModel.create()
                .then(ToolCall.of("call-1", "lend", Map.of("book", "Emma")))
                .then("Enjoy it.");
        var library = library(lab, model);

        assertThat(library.invoke(AgentInput.user("Emma, please."))).isInterruptedBy(HumanInTheLoop.APPROVAL);
        lab.crash();

        assertThat(library.answer(HumanInTheLoop.APPROVAL, Decision.approve())
                        .value()
                        .messages())
                .anyMatch(message -> message.text().equals("Emma is lent to ann"));
    }

    @ClewTest
    void anotherConversationKnowsWhatTheReaderLikes(Lab lab) {
        ModelClient parrot = new LibraryDesk.Parrot();
        ModelClient model = (request, call) -> request.lastMessage().text().startsWith("I like ")
                ? Message.ai(ToolCall.of("call-1", "remember", Map.of("like", "science fiction")))
                : parrot.call(request, call);
        var library = library(lab, model);
        library.invoke(AgentInput.user("I like science fiction.")).value();
        List<String> pieces = new ArrayList<>();

        RunResult<AgentResult<String>> tuesday = LibraryDesk.say(
                library.get(), "What do you know?", LibraryDesk.conversation("ann", "tuesday"), pieces::add);

        assertThat(tuesday.value().output()).isEqualTo("You help readers. This one likes: [science fiction]");
        assertThat(pieces).hasSizeGreaterThan(3);
        assertThat(String.join("", pieces)).isEqualTo(tuesday.value().output());
    }
}
