package dev.clew.engine.log;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.engine.log.LogEntry.Answered;
import dev.clew.engine.log.LogEntry.Asked;
import dev.clew.engine.log.LogEntry.AttemptFailed;
import dev.clew.engine.log.LogEntry.Call;
import dev.clew.engine.log.LogEntry.CalledAgain;
import dev.clew.engine.log.LogEntry.Cancelled;
import dev.clew.engine.log.LogEntry.CausedBy;
import dev.clew.engine.log.LogEntry.Claimed;
import dev.clew.engine.log.LogEntry.Failed;
import dev.clew.engine.log.LogEntry.Lapsed;
import dev.clew.engine.log.LogEntry.Noted;
import dev.clew.engine.log.LogEntry.Opened;
import dev.clew.engine.log.LogEntry.Patched;
import dev.clew.engine.log.LogEntry.Paused;
import dev.clew.engine.log.LogEntry.Remembered;
import dev.clew.engine.log.LogEntry.Reopened;
import dev.clew.engine.log.LogEntry.Restarted;
import dev.clew.engine.log.LogEntry.Succeeded;
import dev.clew.engine.log.LogEntry.TimerSet;
import dev.clew.engine.log.LogEntry.UndoCause;
import dev.clew.engine.log.LogEntry.Undoing;
import java.util.function.Supplier;

/**
 * The stored form of log entries.
 *
 * <pre>
 * entry   = tag path at body crc32c            one byte, text, varint, …, 4 bytes over all before
 * call    = ordinal digest signature observed  varint, bytes, text, pairs
 * text    = length utf-8        bytes = length octets        ints = count varint*      pairs = count (varint varint)*
 *
 * tag  1 Succeeded      call attempts value        2 Succeeded from the cache, likewise
 *      3 Failed         call attempts failure      4 Cancelled      call
 *      5 AttemptFailed  call attempts nextDue failure
 *      6 Restarted      attempt dropped            7 TimerSet       call deadline
 *      8 Asked          call id answerType deadline+1-or-0 question
 *      9 Answered       id value                  10 Reopened       id
 *     11 Lapsed         id                        12 Patched        position
 *     13 Paused                                   14 Opened         call
 *     15 Claimed        stalls                     16 Remembered     0, or 1 value
 *     17 Asked          call id answerType deadline+1-or-0 question answerSchema
 *     20 CausedBy       causes observed            22 CalledAgain    call
 *     21 Restarted      attempt dropped advisory-from
 *     25 Noted          key value                  26 Undoing        cause
 *
 *     23 arguments, then a whole entry of another kind that has a call, from its tag on; arguments = bytes, protected
 *     24 took, then an entry of kind 1 to 5 from its tag on; its attempt began so many microseconds before the entry
 * </pre>
 *
 * Varints are unsigned LEB128. New tags and new kinds of steps may be added, which older versions then name as what they are:
 * written by a newer version. The meaning of a tag never changes.
 */
public final class EntryFormat {
    private EntryFormat() {}

    public static byte[] write(LogEntry entry) {
        EntryWriter out = new EntryWriter();
        Call called = LogEntry.callOf(entry);
        byte[] arguments = called == null ? null : called.arguments();
        if (arguments != null) {
            out.octet(EntryReader.ARGUMENTS).bytes(arguments);
        }
        long startedAt = LogEntry.startedAt(entry);
        if (startedAt != LogEntry.NOT_STARTED) {
            out.octet(EntryReader.TOOK).number(Math.max(0, entry.at() - startedAt));
        }
        if (!ofAttempt(out, entry) && !ofQuestion(out, entry)) {
            ofScope(out, entry);
        }
        return out.finish();
    }

    /** Writes an entry about an attempt of a step; false if it is another one. */
    private static boolean ofAttempt(EntryWriter out, LogEntry entry) {
        if (entry instanceof Succeeded e) {
            head(out, e.cached() ? 2 : 1, e).call(e.call()).number(e.attempts()).bytes(e.value());
        } else if (entry instanceof Failed e) {
            head(out, 3, e).call(e.call()).number(e.attempts()).bytes(e.failure());
        } else if (entry instanceof Cancelled e) {
            head(out, 4, e).call(e.call());
        } else if (entry instanceof AttemptFailed e) {
            head(out, 5, e)
                    .call(e.call())
                    .number(e.attempts())
                    .number(e.nextDue())
                    .bytes(e.failure());
        } else if (entry instanceof CalledAgain e) {
            head(out, 22, e).call(e.call());
        } else if (entry instanceof TimerSet e) {
            head(out, 7, e).call(e.call()).number(e.deadline());
        } else {
            return false;
        }
        return true;
    }

    /** Writes an entry about a question; false if it is another one. */
    private static boolean ofQuestion(EntryWriter out, LogEntry entry) {
        if (entry instanceof Asked e) {
            asked(out, e);
        } else if (entry instanceof Answered e) {
            head(out, 9, e).text(e.id()).bytes(e.value());
        } else if (entry instanceof Reopened e) {
            head(out, 10, e).text(e.id());
        } else if (entry instanceof Lapsed e) {
            head(out, 11, e).text(e.id());
        } else {
            return false;
        }
        return true;
    }

    /** Writes any other entry. */
    private static void ofScope(EntryWriter out, LogEntry entry) {
        if (entry instanceof Opened e) {
            head(out, 14, e).call(e.call());
        } else if (entry instanceof Restarted e) {
            boolean advises = e.advisoryFrom() != Restarted.NONE_ADVISORY;
            head(out, advises ? 21 : 6, e).number(e.attempt()).numbers(e.dropped());
            if (advises) {
                out.number(e.advisoryFrom());
            }
        } else if (entry instanceof CausedBy e) {
            head(out, 20, e).numbers(e.causes()).observed(e.observedFailures());
        } else if (entry instanceof Patched e) {
            head(out, 12, e).number(e.position());
        } else if (entry instanceof Paused e) {
            head(out, 13, e);
        } else if (entry instanceof Claimed e) {
            head(out, 15, e).number(e.stalls());
        } else if (entry instanceof Remembered e) {
            byte[] value = e.value();
            head(out, 16, e).number(value == null ? 0 : 1);
            if (value != null) {
                out.bytes(value);
            }
        } else if (entry instanceof Undoing e) {
            head(out, 26, e).number(code(e.cause()));
        } else if (entry instanceof Noted e) {
            head(out, 25, e).text(e.key()).bytes(e.value());
        } else {
            throw new IllegalArgumentException(
                    "an entry of kind " + entry.getClass().getSimpleName() + " has no form");
        }
    }

    private static EntryWriter head(EntryWriter out, int tag, LogEntry entry) {
        return out.octet(tag).text(entry.path()).number(entry.at());
    }

    /**
     * The entry of these bytes.
     *
     * @throws CheckpointException if the bytes are damaged, or of a newer version; {@code where} names the record */
    public static LogEntry read(byte[] bytes, String where) {
        return read(bytes, () -> where);
    }

    /** {@link #read(byte[], String)}, for many entries: the name is made only if a message needs it. */
    public static LogEntry read(byte[] bytes, Supplier<String> where) {
        EntryReader in = new EntryReader(bytes, where);
        int tag = in.tag();
        String path = in.text();
        long at = in.number();
        LogEntry entry = switch (tag) {
            case 1, 2 -> new Succeeded(path, at, in.startedAt(at), in.call(), in.small(), tag == 2, in.bytes());
            case 3 -> new Failed(path, at, in.startedAt(at), in.call(), in.small(), in.bytes());
            case 4 -> new Cancelled(path, at, in.startedAt(at), in.call());
            case 5 -> new AttemptFailed(path, at, in.startedAt(at), in.call(), in.small(), in.number(), in.bytes());
            case 6 -> new Restarted(path, at, in.small(), in.numbers(), Restarted.NONE_ADVISORY);
            case 7 -> new TimerSet(path, at, in.call(), in.number());
            case 8, 17 -> asked(in, path, at, tag == 17);
            case 9 -> new Answered(path, at, in.text(), in.bytes());
            case 10 -> new Reopened(path, at, in.text());
            case 11 -> new Lapsed(path, at, in.text());
            case 12 -> new Patched(path, at, in.small());
            case 13 -> new Paused(path, at);
            case 14 -> new Opened(path, at, in.call());
            case 15 -> new Claimed(path, at, in.small());
            case 16 -> new Remembered(path, at, in.small() == 0 ? null : in.bytes());
            case 20 -> new CausedBy(path, at, in.numbers(), in.observed());
            case 21 -> new Restarted(path, at, in.small(), in.numbers(), in.small());
            case 22 -> new CalledAgain(path, at, in.call());
            case 25 -> new Noted(path, at, in.text(), in.bytes());
            case 26 -> new Undoing(path, at, cause(in.small(), where));
            default ->
                throw new CheckpointException(where.get() + " has entry kind " + tag
                        + ", which this version of Clew does not know; it was written by a newer one");
        };
        in.end();
        in.requirePath(path);
        return entry;
    }

    private static int code(UndoCause cause) {
        return switch (cause) {
            case COMMAND -> 0;
            case BODY -> 1;
            case FAILURE -> 2;
        };
    }

    private static UndoCause cause(int code, Supplier<String> where) {
        return switch (code) {
            case 0 -> UndoCause.COMMAND;
            case 1 -> UndoCause.BODY;
            case 2 -> UndoCause.FAILURE;
            default ->
                throw new CheckpointException(
                        where.get() + " says why a run is undone in a way that this version of Clew"
                                + " does not know; it was written by a newer one");
        };
    }

    private static void asked(EntryWriter out, Asked e) {
        Long deadline = e.deadline();
        String schema = e.answerSchema();
        head(out, schema == null ? 8 : 17, e).call(e.call()).text(e.id()).text(e.answerType());
        out.number(deadline == null ? 0 : deadline + 1).bytes(e.question());
        if (schema != null) {
            out.text(schema);
        }
    }

    private static Asked asked(EntryReader in, String path, long at, boolean described) {
        Call call = in.call();
        String id = in.text();
        String answerType = in.text();
        long due = in.number();
        Long deadline = due == 0 ? null : due - 1;
        byte[] question = in.bytes();
        return new Asked(path, at, call, id, answerType, described ? in.text() : null, deadline, question);
    }
}
