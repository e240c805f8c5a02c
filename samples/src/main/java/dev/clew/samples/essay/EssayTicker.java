package dev.clew.samples.essay;

import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.flow.Workflow;
import dev.clew.samples.essay.EssayFlow.Essay;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;
import java.util.function.Consumer;

/** Runs {@link EssayFlow} and tells what happens meanwhile. */
public final class EssayTicker {
    private EssayTicker() {}

    /** An essay about rain, or the question that it waits for. */
    public static RunResult<Essay> write(Workflow<String, Essay> write, RunConfig thread, Consumer<String> tell) {
        try (RunStream<Essay> stream = write.stream("rain", thread, StreamMode.UPDATES, StreamMode.TASKS)) {
            for (StreamEvent event : stream) {
                if (event instanceof StreamEvent.Update update) {
                    tell.accept(update.name() + " is done");
                } else if (event instanceof StreamEvent.TaskRetried retry) {
                    tell.accept(retry.name() + " failed and is tried again");
                }
            }
            return stream.result();
        }
    }
}
