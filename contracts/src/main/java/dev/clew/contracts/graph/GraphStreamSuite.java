package dev.clew.contracts.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.graph.GraphWorkflow;
import dev.clew.interrupt.Command;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who streams a graph's run is told its states, and which node of which superstep an event is about. */
@Timeout(20)
public abstract class GraphStreamSuite extends GraphSuite {
    private static List<StreamEvent> events(RunStream<?> stream) {
        try (stream) {
            List<StreamEvent> events = new ArrayList<>();
            stream.forEach(events::add);
            return events;
        }
    }

    private static List<List<String>> notes(List<StreamEvent> events) {
        return events.stream()
                .filter(StreamEvent.Value.class::isInstance)
                .map(event -> ((Essay) ((StreamEvent.Value) event).value()).notes())
                .toList();
    }

    @Test
    @Tag("G140")
    void valuesAreTheStateAfterTheInputAndAfterEachSuperstepThatWrote() {
        assertThat(notes(events(open(line()).stream("rain", T, StreamMode.VALUES))))
                .containsExactly(
                        List.of(), List.of("plan"), List.of("plan", "write"), List.of("plan", "write", "polish"));
    }

    @Test
    @Tag("G144")
    @Tag("G145")
    void aResumedRunTellsItsPresentStateOnceAndGoesOn() {
        GraphWorkflow<String, Essay, Essay> fork = open(fork());
        RunResult.Interrupted<Essay> pause = paused(fork.invoke("rain", T));

        List<StreamEvent> resumed =
                events(open(fork()).stream(pause.only(OK).answer(true), T, StreamMode.VALUES, StreamMode.UPDATES));

        assertThat(notes(resumed))
                .containsExactly(
                        List.of("plan"),
                        List.of("plan", "work", "yes", "rest"),
                        List.of("plan", "work", "yes", "rest", "join"));
        assertThat(resumed.stream()
                        .filter(StreamEvent.Update.class::isInstance)
                        .filter(event -> event.at().isPresent())
                        .map(event -> event.path() + (event.replayed() ? " again" : "")))
                .containsExactlyInAnyOrder(
                        "node:plan#1 again", "node:work#1 again", "node:rest#1 again", "node:ask#1", "node:join#1");
    }

    @Test
    void aBreakpointTellsTheStateBeforeIt() {
        GraphWorkflow<String, Essay, Essay> line = open(line());
        RunConfig thread = T.pauseBefore(node("polish"));

        assertThat(notes(events(line.stream("rain", thread, StreamMode.VALUES))))
                .containsExactly(List.of(), List.of("plan"), List.of("plan", "write"));
        assertThat(notes(events(line.stream(Command.proceed(), T, StreamMode.VALUES))))
                .containsExactly(List.of("plan", "write"), List.of("plan", "write", "polish"));
    }

    @Test
    @Tag("G147")
    void eventsNameTheSuperstepTheNodeAndItsPlace() {
        GraphWorkflow<String, Essay, Essay> fork = open(fork());

        List<StreamEvent> events = events(fork.stream("rain", T, StreamMode.TASKS));

        assertThat(events.stream()
                        .filter(StreamEvent.TaskStarted.class::isInstance)
                        .flatMap(event -> event.at().stream()))
                .containsExactlyInAnyOrder(
                        new StreamEvent.Place(1, "plan", 0),
                        new StreamEvent.Place(2, "work", 0),
                        new StreamEvent.Place(2, "ask", 1),
                        new StreamEvent.Place(2, "rest", 2));
    }
}
