package dev.clew.engine.stored;

import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepPath;
import dev.clew.engine.world.Time;
import dev.clew.interrupt.EarlierAnswer;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.value.Codec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question as its log has it. */
final class AskedInterrupt extends PendingInterrupt<Object, @Nullable Object> {
    /**
     * Reads a question.
     *
     * @param clear the question's bytes, no longer protected
     */
    AskedInterrupt(LogEntry.Asked asked, byte[] clear, List<EarlierAnswer> earlier, Codec codec) {
        super(recorded(asked, clear, earlier), codec);
    }

    private static Question recorded(LogEntry.Asked asked, byte[] clear, List<EarlierAnswer> earlier) {
        Long deadline = asked.deadline();
        return new Question(
                asked.id(),
                StepPath.name(asked.path()),
                asked.path(),
                clear,
                asked.answerType(),
                asked.answerSchema(),
                deadline == null ? null : Time.toInstant(deadline),
                earlier);
    }
}
