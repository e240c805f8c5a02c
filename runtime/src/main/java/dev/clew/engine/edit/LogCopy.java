package dev.clew.engine.edit;

import dev.clew.checkpoint.LogRecord;
import dev.clew.effect.EffectNotes;
import dev.clew.engine.format.KeptArguments;
import dev.clew.engine.format.Places;
import dev.clew.engine.format.QuestionId;
import dev.clew.engine.log.EntryFormat;
import dev.clew.engine.log.LogEntry;
import dev.clew.engine.log.LogEntry.Answered;
import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.log.LogEntry.AttemptFailed;
import dev.clew.engine.log.LogEntry.Call;
import dev.clew.engine.log.LogEntry.Cancelled;
import dev.clew.engine.log.LogEntry.Failed;
import dev.clew.engine.log.LogEntry.Lapsed;
import dev.clew.engine.log.LogEntry.Noted;
import dev.clew.engine.log.LogEntry.Opened;
import dev.clew.engine.log.LogEntry.Remembered;
import dev.clew.engine.log.LogEntry.Reopened;
import dev.clew.engine.log.LogEntry.Succeeded;
import dev.clew.engine.log.LogEntry.TimerSet;
import dev.clew.engine.log.StepPath;
import dev.clew.value.Codec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies entries of one run's log to another run: values are protected anew for their new place, and questions get the
 * ids that they would have been asked with there.
 */
final class LogCopy {
    private final Codec codec;
    private final Run from;
    private final Run to;
    private final Map<String, String> questions = new HashMap<>();

    LogCopy(Codec codec, Run from, Run to) {
        this.codec = codec;
        this.from = from;
        this.to = to;
    }

    /** Whose log it is. */
    record Run(String threadId, String runId) {}

    /** The copies, in the same order and without gaps. */
    List<LogRecord> records(List<LogEntry> entries) {
        List<LogRecord> records = new ArrayList<>(entries.size());
        for (LogEntry entry : entries(entries)) {
            records.add(new LogRecord(records.size(), EntryFormat.write(entry)));
        }
        return records;
    }

    /** The copies, in the same order; after them, that what was done by then is not the copy's to undo. */
    List<LogEntry> entries(List<LogEntry> entries) {
        List<LogEntry> copies = new ArrayList<>(entries.stream().map(this::copy).toList());
        boolean hasActed = entries.stream()
                .anyMatch(entry -> entry instanceof Noted note && note.key().startsWith(EffectNotes.CALLED));
        if (hasActed) {
            byte[] value = codec.protect(
                    new byte[0], Places.note(to.threadId, to.runId, StepPath.ROOT, EffectNotes.INHERITED));
            long at = copies.get(copies.size() - 1).at();
            copies.add(new Noted(StepPath.ROOT, at, EffectNotes.INHERITED, value));
        }
        return copies;
    }

    private LogEntry copy(LogEntry entry) {
        String path = entry.path();
        if (entry instanceof Succeeded e) {
            byte[] value = move("step", path, e.value());
            return new Succeeded(path, e.at(), e.startedAt(), call(path, e.call()), e.attempts(), e.cached(), value);
        } else if (entry instanceof Failed e) {
            byte[] failure = move("failure", path, e.failure());
            return new Failed(path, e.at(), e.startedAt(), call(path, e.call()), e.attempts(), failure);
        } else if (entry instanceof AttemptFailed e) {
            byte[] failure = move("failure", path, e.failure());
            return new AttemptFailed(
                    path, e.at(), e.startedAt(), call(path, e.call()), e.attempts(), e.nextDue(), failure);
        } else if (entry instanceof Cancelled e) {
            return new Cancelled(path, e.at(), e.startedAt(), call(path, e.call()));
        } else if (entry instanceof Opened e) {
            return new Opened(path, e.at(), call(path, e.call()));
        } else if (entry instanceof TimerSet e) {
            return new TimerSet(path, e.at(), call(path, e.call()), e.deadline());
        } else if (entry instanceof Asked e) {
            byte[] question = move("question", path, e.question());
            return new Asked(
                    path, e.at(), e.call(), asked(e), e.answerType(), e.answerSchema(), e.deadline(), question);
        } else if (entry instanceof Answered e) {
            return new Answered(path, e.at(), id(e.id()), move("answer", path, e.value()));
        } else if (entry instanceof Remembered e) {
            byte[] saved = e.value();
            return new Remembered(path, e.at(), saved == null ? null : move("saved", path, saved));
        } else if (entry instanceof Noted e) {
            byte[] clear = codec.reveal(e.value(), Places.note(from.threadId, from.runId, path, e.key()));
            byte[] value = codec.protect(clear, Places.note(to.threadId, to.runId, path, e.key()));
            return new Noted(path, e.at(), e.key(), value);
        } else if (entry instanceof Reopened e) {
            return new Reopened(path, e.at(), id(e.id()));
        } else if (entry instanceof Lapsed e) {
            return new Lapsed(path, e.at(), id(e.id()));
        }
        return entry;
    }

    private Call call(String path, Call call) {
        byte[] kept = call.arguments();
        return kept == null ? call : call.with(move(KeptArguments.KIND, path, kept));
    }

    private String asked(Asked entry) {
        String id =
                QuestionId.of(to.threadId, to.runId, entry.path(), entry.call().digest());
        questions.put(entry.id(), id);
        return id;
    }

    private String id(String before) {
        return questions.getOrDefault(before, before);
    }

    private byte[] move(String kind, String path, byte[] stored) {
        byte[] clear = codec.reveal(stored, Places.step(kind, from.threadId, from.runId, path));
        return codec.protect(clear, Places.step(kind, to.threadId, to.runId, path));
    }
}
