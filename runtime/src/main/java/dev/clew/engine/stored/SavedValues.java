package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.engine.format.ReadBack;
import dev.clew.engine.format.UnreadableValue;
import dev.clew.spi.SavedChanges;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values that a workflow saves in its checkpoints: in full, or as changes of one another. A value is stored in full if there
 * is none before it, if it takes no more room, and if all checkpoints since the last full one have come to take twice its bytes.
 * So reading a value reads one range of checkpoints, of at most three times the bytes of a full one. Keeps what it has read,
 * for as long as it is used; not thread-safe.
 */
public final class SavedValues<O extends @Nullable Object> {
    /** What messages call the values that are not what was saved. */
    private static final Map<String, String> WHAT =
            Map.of(Checkpoints.OUTPUT, "the value", Checkpoints.INPUT, "the input");

    private final Checkpoints checkpoints;
    private final String threadId;
    private final WorkflowSpec<?, O> spec;
    private final Map<String, CheckpointRecord> known = new HashMap<>();

    /** What {@link #previous} has given, by the checkpoints that hold it. */
    private final Map<String, @Nullable Object> given = new HashMap<>();

    public SavedValues(Checkpoints checkpoints, String threadId, WorkflowSpec<?, O> spec) {
        this.checkpoints = checkpoints;
        this.threadId = threadId;
        this.spec = spec;
    }

    /** Keeps a checkpoint that the caller has read, so that it is not read again. */
    public SavedValues<O> knowing(@Nullable CheckpointRecord checkpoint) {
        if (checkpoint != null) {
            known.put(checkpoint.id(), checkpoint);
        }
        return this;
    }

    // --- reading ---

    /** What a run was opened with; null for nothing. */
    public @Nullable Object input(CheckpointRecord opening) {
        return spec.hasInput() ? decode(opening, Checkpoints.INPUT, spec.inputType()) : null;
    }

    /**
     * What a run that begins at this checkpoint gets as {@code @Previous}: what its opening has, else what the completed
     * checkpoint before it has. It is the same object each time, so that what becomes of it can be compared with it.
     */
    public @Nullable Object previous(CheckpointRecord at) {
        CheckpointRecord holder = spec.previousType().isEmpty() ? null : holder(at);
        if (holder != null && !given.containsKey(holder.id())) {
            given.put(holder.id(), value(holder));
        }
        return holder == null ? null : given.get(holder.id());
    }

    /** What callers get for a completed checkpoint. */
    public @Nullable O output(CheckpointRecord completed) {
        Function<Object, O> made = spec.outputOfSaved().orElse(null);
        if (made == null || completed.values().containsKey(Checkpoints.OUTPUT)) {
            return decode(completed, Checkpoints.OUTPUT, spec.outputType());
        }
        Object saved = value(completed);
        try {
            return saved == null ? null : made.apply(saved);
        } catch (RuntimeException thrown) {
            throw unreadable(
                    completed, "the value", new CodecException(String.valueOf(thrown.getMessage()), "$", thrown));
        }
    }

    /** The checkpoint that has what a run which begins at this one gets. */
    private @Nullable CheckpointRecord holder(@Nullable CheckpointRecord at) {
        if (at == null || hasOwn(at)) {
            return at;
        }
        String base = Checkpoints.baseId(at);
        return base == null ? null : base.equals(at.id()) ? at : find(base).orElse(null);
    }

    static boolean hasOwn(CheckpointRecord at) {
        return at.values().containsKey(Checkpoints.SAVED) || at.values().containsKey(Checkpoints.CHANGE);
    }

    private Optional<CheckpointRecord> find(String id) {
        if (!known.containsKey(id)) {
            checkpoints.find(threadId, id).ifPresent(this::knowing);
        }
        return Optional.ofNullable(known.get(id));
    }

    private @Nullable Object value(CheckpointRecord holder) {
        TypeRef<?> type = spec.previousType().or(spec::savedType).orElse(spec.outputType());
        SavedChanges<?, ?> changes = spec.savedChanges().orElse(null);
        if (changes == null || !holder.values().containsKey(Checkpoints.CHANGE)) {
            boolean apart = holder.values().containsKey(Checkpoints.SAVED);
            return decode(holder, apart ? Checkpoints.SAVED : Checkpoints.OUTPUT, type);
        }
        try {
            return changed(holder, type, changes);
        } catch (CodecException unfit) {
            return ofPlain(holder, type, unfit);
        }
    }

    /**
     * What the value had once may not be readable as a type of now, although what it has is. So it is put together as plain data
     * before any of it is read as its type.
     */
    private @Nullable Object ofPlain(CheckpointRecord holder, TypeRef<?> type, CodecException unfit) {
        TypeRef<Object> plain = TypeRef.of(Object.class);
        Codec codec = checkpoints.codec();
        byte[] clear;
        try {
            clear = codec.encode(changed(holder, plain, PlainChanges.ONLY), plain);
        } catch (CodecException noPlainData) {
            unfit.addSuppressed(noPlainData);
            throw unfit;
        }
        try {
            return codec.decode(clear, type);
        } catch (CodecException why) {
            throw unreadable(holder, "the saved value", why);
        }
    }

    @SuppressWarnings("unchecked") // changes of the workflow's own values
    private <S, C> S changed(CheckpointRecord holder, TypeRef<?> type, SavedChanges<S, C> how) {
        List<C> newestFirst = new ArrayList<>();
        CheckpointRecord at = holder;
        while (at.values().containsKey(Checkpoints.CHANGE)) {
            newestFirst.add(require(decode(at, Checkpoints.CHANGE, how.type()), at));
            at = before(at, holder);
        }
        S full = (S) require(decode(at, Checkpoints.SAVED, type), at);
        Collections.reverse(newestFirst);
        return how.after(full, newestFirst);
    }

    /** The checkpoint whose value this one changes; the first that is not known is read with all others of the range. */
    private CheckpointRecord before(CheckpointRecord changed, CheckpointRecord newest) {
        Chain chain = Chain.of(changed);
        if (chain != null && !known.containsKey(chain.link())) {
            checkpoints.between(threadId, chain.full(), newest.id()).forEach(this::knowing);
        }
        CheckpointRecord before = chain == null ? null : known.get(chain.link());
        // An older one each time, so that damage cannot make a circle.
        if (before == null || before.id().compareTo(changed.id()) >= 0 || !hasOwn(before)) {
            throw new CheckpointException("checkpoint '" + changed.id() + "' of thread '" + threadId + "' changes '"
                    + (chain == null ? "" : chain.link()) + "', which is not there; the database is damaged");
        }
        return before;
    }

    private <T> T require(@Nullable T value, CheckpointRecord at) {
        if (value == null) {
            throw new CheckpointException("checkpoint '" + at.id() + "' of thread '" + threadId
                    + "' has no value to change; the database is damaged");
        }
        return value;
    }

    /** @throws CodecException if the value cannot be read as this type; it says which value of which thread */
    private <T> @Nullable T decode(CheckpointRecord at, String name, TypeRef<T> type) {
        byte[] clear = checkpoints.clear(threadId, at, name);
        try {
            return clear == null ? null : checkpoints.codec().decode(clear, type);
        } catch (CodecException why) {
            throw unreadable(at, WHAT.getOrDefault(name, "the saved value"), why);
        }
    }

    private CodecException unreadable(CheckpointRecord at, String what, CodecException why) {
        return UnreadableValue.of(
                what + " of thread '" + threadId + "' at checkpoint '" + at.id() + "'",
                "ask again; or set another value with updateState",
                why);
    }

    // --- writing ---

    /**
     * Stores what a run has saved at its end.
     *
     * @param opening the run's, which is the newest checkpoint of the thread
     * @param previous what the run began with; null if there is none, or it cannot be read
     * @param values the other values of the checkpoint, to which the saved one is added
     */
    public void put(
            String id,
            Map<String, byte[]> values,
            @Nullable Object saved,
            @Nullable CheckpointRecord opening,
            @Nullable Object previous) {
        Chain chain = opening == null ? null : hasOwn(opening) ? Chain.after(opening, opening) : Chain.of(opening);
        put(id, values, saved, previous, chain);
    }

    /**
     * Stores what has become of what {@link #previous} gives at {@code parent}.
     *
     * @param newest the newest checkpoint of the thread
     */
    public void putAfter(
            String id,
            Map<String, byte[]> values,
            @Nullable Object saved,
            @Nullable CheckpointRecord parent,
            @Nullable CheckpointRecord newest) {
        // The value before may be one that cannot be read any more; a workflow that saves in full sets another one.
        Chain chain = spec.savedChanges().isEmpty() ? null : Chain.after(holder(parent), newest);
        put(id, values, saved, chain == null || parent == null ? null : previous(parent), chain);
    }

    /** Notes where a checkpoint stands that has no value of its own, but that of the completed one before it. */
    public void follow(Map<String, byte[]> values, @Nullable CheckpointRecord base, @Nullable CheckpointRecord newest) {
        place(values, Chain.after(base, newest));
    }

    /** Makes the copied values of an opening those of another one, which is made now. */
    public void move(
            String id, Map<String, byte[]> copied, CheckpointRecord opening, @Nullable CheckpointRecord newest) {
        Chain source = Chain.of(opening);
        Chain chain = source == null ? null : source.from(newest);
        copied.remove(Checkpoints.CHAIN);
        if (chain != null && !chain.isCounted() && copied.remove(Checkpoints.CHANGE) != null) {
            full(id, copied, value(opening));
        } else {
            place(copied, chain);
        }
    }

    private void place(Map<String, byte[]> values, @Nullable Chain chain) {
        if (chain != null && spec.savedChanges().isPresent()) {
            values.put(Checkpoints.CHAIN, chain.plus(values).bytes());
        }
    }

    private void put(
            String id,
            Map<String, byte[]> values,
            @Nullable Object saved,
            @Nullable Object before,
            @Nullable Chain chain) {
        SavedChanges<?, ?> how = spec.savedChanges().orElse(null);
        boolean isFull = how == null
                || before == null
                || saved == null
                || chain == null
                || !chain.isCounted()
                || !putChange(id, values, how, before, saved, chain);
        if (isFull) {
            full(id, values, saved);
        }
    }

    /** False if the full value takes no more room, or it is time for one. */
    private boolean putChange(
            String id, Map<String, byte[]> values, SavedChanges<?, ?> how, Object before, Object saved, Chain chain) {
        byte[] change = change(id, how, before, saved);
        if (change == null) {
            return false;
        }
        Map<String, byte[]> all = new HashMap<>(values);
        all.put(Checkpoints.CHANGE, change);
        Chain then = chain.plus(all);
        if (then.isShort()) {
            values.put(Checkpoints.CHANGE, change);
            values.put(Checkpoints.CHAIN, then.bytes());
        }
        return then.isShort();
    }

    @SuppressWarnings("unchecked") // changes of the workflow's own values
    private <S, C> byte @Nullable [] change(String id, SavedChanges<S, C> how, Object before, Object after) {
        C change = how.between((S) before, (S) after);
        return change == null
                ? null
                : checkpoints.protect(
                        Checkpoints.CHANGE, threadId, id, ReadBack.encode(checkpoints.codec(), change, how.type()));
    }

    private void full(String id, Map<String, byte[]> values, @Nullable Object saved) {
        TypeRef<?> type = spec.savedType().or(spec::previousType).orElseThrow();
        byte[] clear = ReadBack.encode(checkpoints.codec(), saved, type);
        values.put(Checkpoints.SAVED, checkpoints.protect(Checkpoints.SAVED, threadId, id, clear));
    }
}
