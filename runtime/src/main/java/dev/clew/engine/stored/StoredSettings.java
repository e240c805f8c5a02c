package dev.clew.engine.stored;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.engine.format.Carried;
import dev.clew.engine.format.Places;
import dev.clew.flow.Breakpoints;
import dev.clew.flow.NodeRef;
import dev.clew.flow.RunConfig;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a run's configuration is stored with its opening, so that it holds when the run continues without that
 * configuration: after a crash, in another process.
 *
 * @param pauseBefore the ids of nodes; null if nothing is said of breakpoints, and empty if there are to be none
 * @param pauseAfter the ids of nodes; null as of {@code pauseBefore}
 * @param maxSupersteps 0 for none
 * @param attributes plain data; null for none
 * @param deleteWhenDone how long after the run its thread is deleted; null if it stays
 */
public record StoredSettings(
        @Nullable List<String> pauseBefore,
        @Nullable List<String> pauseAfter,
        int maxSupersteps,
        @Nullable Map<String, Object> attributes,
        @Nullable Duration deleteWhenDone) {
    private static final TypeRef<StoredSettings> TYPE = TypeRef.of(StoredSettings.class);
    private static final StoredSettings NONE = new StoredSettings(null, null, 0, null, null);

    public StoredSettings {
        pauseBefore = pauseBefore == null ? null : List.copyOf(pauseBefore);
        pauseAfter = pauseAfter == null ? null : List.copyOf(pauseAfter);
    }

    /** The protected form of what is said; null if nothing is. */
    public static byte @Nullable [] of(RunConfig config, Codec codec, String threadId, String checkpointId) {
        Breakpoints breakpoints = config.breakpoints().orElse(null);
        StoredSettings said = new StoredSettings(
                breakpoints == null ? null : ids(breakpoints.before()),
                breakpoints == null ? null : ids(breakpoints.after()),
                config.maxSupersteps().orElse(0),
                config.attributes().isEmpty() ? null : config.attributes(),
                config.deleteWhenDone().orElse(null));
        return said.stored(codec, threadId, checkpointId);
    }

    /**
     * The protected form for a run that an edit by hand opens: what its configuration says, with the attributes of the run that it comes
     * from if the configuration has none. Breakpoints and limits do not pass to it. Null if nothing is said.
     */
    public static byte @Nullable [] ofEdit(
            RunConfig config, Codec codec, String threadId, @Nullable CheckpointRecord source, String checkpointId) {
        StoredSettings said = source == null ? NONE : read(codec, threadId, source);
        Map<String, Object> kept =
                said.attributes == null ? config.attributes() : Carried.merged(config.attributes(), said.attributes);
        return new StoredSettings(null, null, 0, kept.isEmpty() ? null : kept, null)
                .stored(codec, threadId, checkpointId);
    }

    private static StoredSettings read(Codec codec, String threadId, CheckpointRecord opening) {
        byte[] stored = opening.values().get(Checkpoints.SETTINGS);
        if (stored == null) {
            return NONE;
        }
        byte[] clear = codec.reveal(stored, Places.checkpoint(Checkpoints.SETTINGS, threadId, opening.id()));
        return Objects.requireNonNull(codec.decode(clear, TYPE));
    }

    private byte @Nullable [] stored(Codec codec, String threadId, String checkpointId) {
        return equals(NONE)
                ? null
                : codec.protect(
                        codec.encode(this, TYPE), Places.checkpoint(Checkpoints.SETTINGS, threadId, checkpointId));
    }

    /** The configuration with what the run's opening says where it says nothing. */
    public static RunConfig completed(RunConfig config, Codec codec, String threadId, CheckpointRecord opening) {
        StoredSettings said = read(codec, threadId, opening);
        RunConfig all = withSubject(config, codec, threadId, opening);
        if (config.breakpoints().isEmpty() && said.pauseBefore != null && said.pauseAfter != null) {
            all = all.pauseBefore(refs(said.pauseBefore)).pauseAfter(refs(said.pauseAfter));
        }
        if (said.attributes != null) {
            all = all.attributes(Carried.merged(config.attributes(), said.attributes));
        }
        if (said.deleteWhenDone != null && config.deleteWhenDone().isEmpty()) {
            all = all.deleteWhenDone(said.deleteWhenDone);
        }
        return config.maxSupersteps().isPresent() || said.maxSupersteps == 0
                ? all
                : all.maxSupersteps(said.maxSupersteps);
    }

    /** How long after the run its thread is deleted, as its opening says; empty if the thread stays. */
    public static Optional<Duration> deleteWhenDone(Codec codec, String threadId, CheckpointRecord opening) {
        return Optional.ofNullable(read(codec, threadId, opening).deleteWhenDone);
    }

    /** A run keeps the subject with which it was opened, whatever those say who let it go on. */
    private static RunConfig withSubject(RunConfig config, Codec codec, String threadId, CheckpointRecord opening) {
        byte[] stored = opening.values().get(Checkpoints.SUBJECT);
        if (stored == null) {
            return config.withoutSubject();
        }
        byte[] clear = codec.reveal(stored, Places.checkpoint(Checkpoints.SUBJECT, threadId, opening.id()));
        return config.subject(Objects.requireNonNull(codec.decode(clear, TypeRef.of(String.class))));
    }

    private static List<String> ids(List<NodeRef> nodes) {
        return nodes.stream().map(NodeRef::id).toList();
    }

    private static NodeRef[] refs(List<String> ids) {
        return ids.stream().map(NodeRef::of).toArray(NodeRef[]::new);
    }
}
