package dev.clew.engine.stored;

import dev.clew.engine.format.ChangedQuestion;
import dev.clew.engine.format.Places;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.StepLog;
import dev.clew.engine.world.Time;
import dev.clew.interrupt.EarlierAnswer;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.value.Codec;
import java.util.ArrayList;
import java.util.List;

/** Makes what callers see of a question from what is logged of it. */
public final class PendingQuestions {
    private PendingQuestions() {}

    public static PendingInterrupt<?, ?> of(StepLog question, String threadId, String runId, Codec codec) {
        LogEntry.Asked asked = question.asked();
        if (asked == null) {
            throw new IllegalStateException("'" + question.path() + "' is no question");
        }
        byte[] clear = codec.reveal(asked.question(), Places.step("question", threadId, runId, asked.path()));
        return new AskedInterrupt(asked, clear, earlier(question, clear, threadId, runId, codec), codec);
    }

    private static List<EarlierAnswer> earlier(
            StepLog question, byte[] clear, String threadId, String runId, Codec codec) {
        List<EarlierAnswer> all = new ArrayList<>();
        for (StepLog.Earlier earlier : question.earlier()) {
            byte[] before = codec.reveal(
                    earlier.question().question(), Places.step("question", threadId, runId, question.path()));
            byte[] answer = codec.reveal(earlier.answer(), Places.step("answer", threadId, runId, question.path()));
            all.add(new EarlierAnswer(
                    earlier.question().id(),
                    codec.decodePlain(before),
                    codec.decodePlain(answer),
                    Time.toInstant(earlier.at()),
                    ChangedQuestion.difference(codec, before, clear)));
        }
        return List.copyOf(all);
    }
}
