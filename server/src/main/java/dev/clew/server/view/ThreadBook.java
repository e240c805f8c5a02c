package dev.clew.server.view;

import dev.clew.index.ThreadIndex;
import dev.clew.index.ThreadInfo;
import dev.clew.index.ThreadRow;
import dev.clew.server.json.Json;
import dev.clew.value.Codec;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The metadata of threads, which is stored as the graphs' codec protects it. Thread-safe. */
public record ThreadBook(ThreadIndex index, Codec codec) {
    private static final String KIND = "thread metadata";

    /** Adds a thread that never ran; false if there is one of this id. */
    public boolean create(String threadId, @Nullable String workflow, ObjectNode metadata, boolean isTemporary) {
        return index.create(info(threadId, workflow, metadata, isTemporary));
    }

    private ThreadInfo info(String threadId, @Nullable String workflow, ObjectNode metadata, boolean isTemporary) {
        byte[] clear = Json.bytes(metadata);
        Set<String> labels = Labels.stored(metadata, codec);
        if (isTemporary) {
            labels.add(Labels.TEMPORARY);
        }
        return new ThreadInfo(
                threadId, workflow, codec.protect(clear, new Codec.Place(KIND, threadId)), labels, isTemporary);
    }

    /** What was attached to a thread. */
    public ObjectNode metadata(ThreadRow row) {
        byte[] stored = row.info().metadata();
        if (stored.length == 0) {
            return Json.object();
        }
        byte[] clear = codec.reveal(stored, new Codec.Place(KIND, row.info().threadId()));
        return (ObjectNode) Json.read(clear);
    }

    /** Changes what is attached to a thread; empty if there is none of this id. */
    public Optional<ThreadRow> change(String threadId, @Nullable String workflow, UnaryOperator<ObjectNode> change) {
        while (true) {
            Optional<ThreadRow> row = index.find(threadId);
            if (row.isEmpty()) {
                return row;
            }
            ThreadInfo before = row.get().info();
            ObjectNode metadata = metadata(row.get());
            ObjectNode changed = change.apply(metadata.deepCopy());
            boolean same = changed.equals(metadata) && (workflow == null || workflow.equals(before.workflow()));
            ThreadInfo info =
                    info(threadId, workflow == null ? before.workflow() : workflow, changed, before.isTemporary());
            if (same || index.replace(info, row.get().revision())) {
                return index.find(threadId);
            }
        }
    }
}
