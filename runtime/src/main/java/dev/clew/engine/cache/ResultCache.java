package dev.clew.engine.cache;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.cache.CacheKey;
import dev.clew.cache.TaskCache;
import dev.clew.engine.format.Values;
import dev.clew.flow.RequestRefusedException;
import dev.clew.flow.RequestRefusedException.Reason;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A graph's task cache, whose failures are logged and never fail a task. What it is given and gives is clear bytes. */
public final class ResultCache {
    private final TaskCache cache;
    private final Codec codec;
    private final CacheKeys keys;
    private final Flights flights = new Flights();

    public ResultCache(TaskCache cache, Codec codec) {
        this.cache = cache;
        this.codec = codec;
        this.keys = new CacheKeys(codec);
    }

    public Flights flights() {
        return flights;
    }

    /** The key of a call; null where its task is not cached, or no key can be made. */
    @Nullable
    public CacheKey key(TaskSpec<?> spec, Values.Arguments arguments, @Nullable String subject) {
        if (spec.cache().isEmpty() || spec.declaringClass().isBlank()) {
            return null;
        }
        try {
            return keys.of(spec, spec.cache().get(), arguments, subject);
        } catch (RuntimeException broken) {
            LOG.warn(
                    "no cache key can be made for a call of task '{}', so it is not cached: {}",
                    spec.name(),
                    reason(broken));
            return null;
        }
    }

    public byte @Nullable [] get(CacheKey key) {
        try {
            Optional<byte[]> stored = cache.get(key);
            return stored.isEmpty() ? null : codec.reveal(CacheEntry.read(key, stored.get()), place(key));
        } catch (RuntimeException broken) {
            unread(key, broken);
            return null;
        }
    }

    /** Says that an entry is no use. */
    public void unread(CacheKey key, RuntimeException why) {
        LOG.warn(
                "the cached result of a call of {} cannot be used, so the task runs: {}", key.signature(), reason(why));
    }

    public void put(CacheKey key, byte[] clear, @Nullable Duration timeToLive) {
        try {
            cache.put(key, CacheEntry.write(key, codec.protect(clear, place(key))), timeToLive);
        } catch (RuntimeException broken) {
            LOG.warn("the result of a call of {} was not cached: {}", key.signature(), reason(broken));
        }
    }

    /** Our messages show no payloads; what others say is not known to be harmless. */
    public static String reason(RuntimeException why) {
        return why instanceof ClewException
                ? String.valueOf(why.getMessage())
                : why.getClass().getName();
    }

    private static Codec.Place place(CacheKey key) {
        return new Codec.Place("cache", CacheEntry.id(key));
    }

    // --- clearing; failures are the caller's to know ---

    public static List<? extends TaskSpec<?>> cachedTasks(Collection<? extends WorkflowSpec<?, ?>> workflows) {
        return workflows.stream()
                .flatMap(workflow -> workflow.tasks().stream())
                .filter(task -> task.cache().isPresent())
                .distinct()
                .toList();
    }

    /** The cached tasks of this name. */
    public static List<? extends TaskSpec<?>> named(String name, List<? extends TaskSpec<?>> cached) {
        List<? extends TaskSpec<?>> named =
                cached.stream().filter(task -> task.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new RequestRefusedException(
                    Reason.UNKNOWN,
                    "the graph has no cached task '" + name + "'; its cached tasks are "
                            + cached.stream().map(TaskSpec::name).toList());
        }
        return named;
    }

    /** Drops what runs about this subject have put; how many entries, as far as the cache counts them. */
    public int erase(String subject) {
        String space = keys.space(subject);
        return cache.clearVersions(version -> version.endsWith(space));
    }

    public void clear(List<? extends TaskSpec<?>> tasks) {
        tasks.forEach(task -> cache.clear(task.declaringClass(), task.signature()));
    }
}
