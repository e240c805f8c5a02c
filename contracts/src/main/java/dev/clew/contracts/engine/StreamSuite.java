package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunStream;
import dev.clew.interrupt.Command;
import dev.clew.spi.TaskSpec;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskFuture;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reader of a run sees, mode by mode. */
public abstract class StreamSuite extends StreamFixture {
    private Lab asking(Durability durability) throws Exception {
        return lab(durability).body((input, calls, run) -> {
            String a = calls.task("a", input, s -> s + "a").join();
            run.emit("between");
            Object answer = run.interrupt("go on?");
            return calls.task("b", a + answer, s -> s + "b").join();
        });
    }

    @Tag("B171")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsUpdatesThenTheInterruptAndOnResumeOnlyWhatIsNew(Durability durability) throws Exception {
        Lab lab = asking(durability);

        List<StreamEvent> first = read(lab.workflow().stream("x", T, StreamMode.UPDATES));
        List<StreamEvent> second = read(lab.restart().workflow().stream(Command.resume("!"), T, StreamMode.UPDATES)
                .live());

        assertThat(first).hasSize(2);
        assertThat(first.get(0)).isEqualTo(new StreamEvent.Update("a", "task:a#1", "xa", false, false));
        assertThat(((StreamEvent.Interrupted) first.get(1)).questions()).hasSize(1);
        assertThat(second)
                .containsExactly(
                        new StreamEvent.Update("b", "task:b#1", "xa!b", false, false),
                        new StreamEvent.Update("Lab.run", "", "xa!b", false, false));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void marksWhatAResumedRunRepeats(Durability durability) throws Exception {
        Lab lab = asking(durability);
        read(lab.workflow().stream("x", T));

        List<StreamEvent> resumed =
                read(lab.workflow().stream(Command.resume("!"), T, StreamMode.UPDATES, StreamMode.CUSTOM));

        assertThat(resumed.get(0)).isEqualTo(new StreamEvent.Update("a", "task:a#1", "xa", false, true));
        assertThat(resumed.get(1)).isEqualTo(new StreamEvent.Custom("Lab.run", "", "between", true));
        assertThat(resumed.subList(2, resumed.size())).noneMatch(StreamEvent::replayed);
    }

    @Tag("B183")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void ordersTheEventsOfAFreshRun(Durability durability) throws Exception {
        Lab lab = lab(durability)
                .body((input, calls, run) -> calls.task("a", input, s -> s).join());

        List<String> order = read(lab.workflow().stream(
                        "x", T, StreamMode.TASKS, StreamMode.UPDATES, StreamMode.VALUES, StreamMode.CHECKPOINTS))
                .stream()
                .map(e -> e.getClass().getSimpleName() + " " + e.path())
                .toList();

        assertThat(order)
                .containsExactly(
                        "Checkpointed ",
                        "TaskStarted ",
                        "TaskStarted task:a#1",
                        "Update task:a#1",
                        "TaskEnded task:a#1",
                        "Update ",
                        "TaskEnded ",
                        "Value ",
                        "Checkpointed ");
    }

    @Tag("B195")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void endsWithTheFailureAfterAllEarlierEvents(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            calls.task("a", input, s -> s).join();
            throw new IllegalStateException("no");
        });
        List<StreamEvent> seen = new ArrayList<>();

        try (RunStream<String> stream = lab.workflow().stream("x", T)) {
            assertThatThrownBy(() -> stream.forEach(seen::add))
                    .isInstanceOf(dev.clew.flow.WorkflowFailedException.class)
                    .hasRootCauseMessage("no");
        }

        assertThat(seen).hasSize(1);
    }

    @Tag("B028")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsAnUpdateBeforeTheBodySeesTheResult(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            String a = calls.task("a", input, s -> s).join();
            run.emit("saw " + a);
            return a;
        });

        List<StreamEvent> events = read(lab.workflow().stream("x", T, StreamMode.UPDATES, StreamMode.CUSTOM));

        assertThat(events.get(0)).isEqualTo(new StreamEvent.Update("a", "task:a#1", "x", false, false));
        assertThat(events.get(1)).isEqualTo(new StreamEvent.Custom("Lab.run", "", "saw x", false));
    }

    @Tag("B060")
    @Tag("B076")
    @Tag("B078")
    @ParameterizedTest
    @EnumSource(Durability.class)
    void tellsAttemptsAndFailuresOfATaskButNoUpdate(Durability durability) throws Exception {
        Lab lab = lab(durability).body((input, calls, run) -> {
            TaskFuture<String> bad = calls.raw()
                    .call(TaskSpec.of("bad", TypeRef.of(String.class))
                            .retry(RetryPolicy.builder()
                                    .maxAttempts(2)
                                    .initialInterval(Duration.ofMillis(1))
                                    .jitter(false)
                                    .build())
                            .leaf(call -> {
                                call.taskContext()
                                        .emit("try " + call.taskContext().attempt());
                                throw new IOException("no");
                            }));
            try {
                return bad.join();
            } catch (TaskFailedException caught) {
                return "caught";
            }
        });

        List<StreamEvent> events =
                read(lab.workflow().stream("x", T, StreamMode.UPDATES, StreamMode.TASKS, StreamMode.CUSTOM));

        assertThat(brief(events).stream().filter(e -> e.contains("task:bad#1")))
                .containsExactly(
                        "start task:bad#1 [] try 1",
                        "custom task:bad#1 = try 1",
                        "retry task:bad#1 after 1",
                        "start task:bad#1 [] try 2",
                        "custom task:bad#1 = try 2",
                        "end task:bad#1 ! no");
        assertThat(events).contains(new StreamEvent.Update("Lab.run", "", "caught", false, false));
    }
}
