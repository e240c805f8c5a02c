package dev.clew.contracts.engine;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunStream;
import dev.clew.stream.StreamEvent;
import java.util.ArrayList;
import java.util.List;

/** What the suites of streams share. */
public abstract class StreamFixture extends EngineSuite {
    protected static final RunConfig OTHER = RunConfig.thread("other");

    /** All events of a stream, which is closed then. */
    static List<StreamEvent> read(RunStream<String> stream) {
        List<StreamEvent> events = new ArrayList<>();
        try (stream) {
            stream.forEach(events::add);
        }
        return events;
    }

    /** The events in brief: kind and path, and what matters of each kind. */
    static List<String> brief(List<? extends StreamEvent> events) {
        return events.stream().map(StreamFixture::brief).toList();
    }

    static String brief(StreamEvent event) {
        String mark = event.replayed() ? " replayed" : "";
        if (event instanceof StreamEvent.Update e) {
            return "update " + where(e) + " = " + e.value() + (e.cached() ? " cached" : "") + mark;
        } else if (event instanceof StreamEvent.Custom e) {
            return "custom " + where(e) + " = " + e.value() + mark;
        } else if (event instanceof StreamEvent.Message e) {
            return "token " + where(e) + " = " + e.token() + mark;
        } else if (event instanceof StreamEvent.MessageVoided e) {
            return "void " + where(e) + " try " + e.attempt();
        } else if (event instanceof StreamEvent.TaskStarted e) {
            return "start " + where(e) + " " + e.input() + " try " + e.attempt() + mark;
        } else if (event instanceof StreamEvent.TaskRetried e) {
            return "retry " + where(e) + " after " + e.attempt();
        } else if (event instanceof StreamEvent.TaskEnded e) {
            String end = e.error() != null
                    ? "! " + e.error().message()
                    : e.interrupts().isEmpty()
                            ? "= " + e.result()
                            : "? " + e.interrupts().size();
            return "end " + where(e) + " " + end + mark;
        } else if (event instanceof StreamEvent.Value e) {
            return "value " + e.value() + mark;
        } else if (event instanceof StreamEvent.Interrupted e) {
            return "interrupted " + e.mode() + " " + e.questions().size();
        } else if (event instanceof StreamEvent.Checkpointed e) {
            return "checkpoint " + e.source() + " " + e.step() + " = " + e.value() + mark;
        } else if (event instanceof StreamEvent.Debug e) {
            return "debug " + e.step() + " " + brief(e.event());
        }
        throw new AssertionError(event);
    }

    private static String where(StreamEvent event) {
        return event.path().isEmpty() ? "run" : event.path();
    }
}
