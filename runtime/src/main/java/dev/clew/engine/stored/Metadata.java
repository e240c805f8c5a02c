package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.engine.format.Places;
import dev.clew.state.CheckpointQuery;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What callers attach to checkpoints. The store matches it by equality. Where the codec encrypts, the store has a token
 * in place of each value, and all of it once more as one protected value of the checkpoint.
 */
public record Metadata(Codec codec) {
    /** The name of the protected value. */
    static final String PROTECTED = "metadata";

    private static final TypeRef<Map<String, String>> TYPE = new TypeRef<>() {};

    /** What the store may see of metadata, whose protected form is added to the checkpoint's values if it needs one. */
    public Map<String, String> stored(
            String threadId, String id, Map<String, String> clear, Map<String, byte[]> values) {
        values.remove(PROTECTED);
        Map<String, String> tokens = tokens(clear, 0);
        if (!tokens.equals(clear)) {
            byte[] all = codec.encode(Map.copyOf(clear), TYPE);
            values.put(PROTECTED, codec.protect(all, Places.checkpoint(PROTECTED, threadId, id)));
        }
        return tokens;
    }

    private Map<String, String> tokens(Map<String, String> clear, int form) {
        Map<String, String> tokens = new HashMap<>();
        clear.forEach((name, value) -> tokens.put(name, tokens(name, value).get(form)));
        return tokens;
    }

    private List<String> tokens(String name, String value) {
        return codec.tokens("metadata " + name, value);
    }

    /** What was attached to a checkpoint. */
    public Map<String, String> clear(String threadId, CheckpointRecord checkpoint) {
        byte[] stored = checkpoint.values().get(PROTECTED);
        if (stored == null) {
            checkpoint.metadata().forEach((name, value) -> requireClear(name, value, checkpoint));
            return checkpoint.metadata();
        }
        byte[] all = codec.reveal(stored, Places.checkpoint(PROTECTED, threadId, checkpoint.id()));
        Map<String, String> clear = codec.decode(all, TYPE);
        return clear == null ? Map.of() : clear;
    }

    private void requireClear(String name, String value, CheckpointRecord checkpoint) {
        if (!tokens(name, value).contains(value)) {
            throw new CodecException(
                    "metadata '" + name + "' of checkpoint '" + checkpoint.id()
                            + "' is not encrypted; accept clear values only while a store is moved to encryption",
                    "$",
                    null);
        }
    }

    /** The checkpoints that match, newest first: one query for each form that what is looked for may be stored in. */
    List<CheckpointRecord> find(Checkpointer store, CheckpointQuery query) {
        int forms = query.metadata().entrySet().stream()
                .mapToInt(wanted -> tokens(wanted.getKey(), wanted.getValue()).size())
                .findFirst()
                .orElse(1);
        if (forms == 1) {
            return store.checkpoints(query.metadata(tokens(query.metadata(), 0)));
        }
        List<CheckpointRecord> found = new ArrayList<>();
        for (int form = 0; form < forms; form++) {
            found.addAll(store.checkpoints(query.metadata(tokens(query.metadata(), form))));
        }
        found.sort(Comparator.comparing(CheckpointRecord::id).reversed());
        return found.subList(0, Math.min(found.size(), query.limit()));
    }

    /** The metadata of one checkpoint with that of a configuration over it. */
    public static Map<String, String> merged(@Nullable Map<String, String> before, Map<String, String> added) {
        Map<String, String> all = new HashMap<>(before == null ? Map.of() : before);
        all.putAll(added);
        return all;
    }
}
