package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.engine.format.Places;
import dev.clew.flow.Breakpoints;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a run's configuration is stored with its opening, so that it holds when the run continues without that
 * configuration: after a crash, in another process.
 *
 * @param pauseBefore the ids of nodes
 * @param pauseAfter the ids of nodes
 * @param maxSupersteps 0 for none
 */
public record StoredSettings(List<String> pauseBefore, List<String> pauseAfter, int maxSupersteps) {
    private static final TypeRef<StoredSettings> TYPE = TypeRef.of(StoredSettings.class);
    private static final StoredSettings NONE = new StoredSettings(List.of(), List.of(), 0);

    public StoredSettings {
        pauseBefore = List.copyOf(pauseBefore);
        pauseAfter = List.copyOf(pauseAfter);
    }

    /** The protected form of what is said; null if nothing is. */
    public static byte @Nullable [] of(RunConfig config, Codec codec, String threadId, String checkpointId) {
        Breakpoints breakpoints = config.breakpoints().orElse(Breakpoints.NONE);
        StoredSettings said = new StoredSettings(
                ids(breakpoints.before()),
                ids(breakpoints.after()),
                config.maxSupersteps().orElse(0));
        return said.equals(NONE)
                ? null
                : codec.protect(
                        codec.encode(said, TYPE), Places.checkpoint(Checkpoints.SETTINGS, threadId, checkpointId));
    }

    /** The configuration with what the run's opening says where it says nothing. */
    public static RunConfig completed(RunConfig config, Codec codec, String threadId, CheckpointRecord opening) {
        byte[] stored = opening.values().get(Checkpoints.SETTINGS);
        if (stored == null) {
            return config;
        }
        byte[] clear = codec.reveal(stored, Places.checkpoint(Checkpoints.SETTINGS, threadId, opening.id()));
        StoredSettings said = Objects.requireNonNull(codec.decode(clear, TYPE));
        RunConfig all = config;
        if (config.breakpoints().isEmpty()) {
            all = all.pauseBefore(refs(said.pauseBefore)).pauseAfter(refs(said.pauseAfter));
        }
        return config.maxSupersteps().isPresent() || said.maxSupersteps == 0
                ? all
                : all.maxSupersteps(said.maxSupersteps);
    }

    private static List<String> ids(List<NodeRef> nodes) {
        return nodes.stream().map(NodeRef::id).toList();
    }

    private static NodeRef[] refs(List<String> ids) {
        return ids.stream().map(NodeRef::of).toArray(NodeRef[]::new);
    }
}
