package dev.clew.engine.run;

import static dev.clew.engine.world.EngineLog.LOG;

import dev.clew.cache.CacheKey;
import dev.clew.engine.cache.Flights;
import dev.clew.engine.cache.ResultCache;
import dev.clew.engine.log.ScopeLog;
import dev.clew.engine.log.StepLog;
import dev.clew.spi.TaskSpec;
import dev.clew.task.CachePolicy;
import dev.clew.value.CodecException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers one session's steps from the task cache, and gives it their results.
 *
 * <p>The key is made when the call is accepted. The cache is asked by the thread that would run the body, so that a slow
 * one holds up no scope; on a hit the body is not run, and no attempt begins.
 *
 * <p>Leaves of one key share one execution. The first leads; the others follow: queued, without thread or permit, until
 * the leader's attempt ends. Then they have its result, or one of them leads. A leader waits for nothing but a permit,
 * so this cannot deadlock. Scopes neither lead nor follow, because what they wait for may itself be a follower.
 */
final class CachedTasks {
    private final Session session;
    private final StepRunner runner;
    private final @Nullable ResultCache cache;

    /** The steps of this session that lead. */
    private final Map<Step, Flights.Flight> leading = new ConcurrentHashMap<>();

    CachedTasks(Session session, StepRunner runner, @Nullable ResultCache cache) {
        this.session = session;
        this.runner = runner;
        this.cache = cache;
    }

    /** Notes the key of a call that the log has no outcome for. On the scope's thread, while the arguments are as given. */
    void called(Step step) {
        if (cache != null) {
            step.cacheKey = cache.key(
                    step.spec(),
                    step.arguments(),
                    session.activation().config().subject().orElse(null));
        }
    }

    /** Whether a step may have to follow another one; until that is decided nobody may run it. */
    boolean mayFollow(Step step) {
        return step.cacheKey != null && !step.spec().isScope();
    }

    /** Whether a queued step may go for a permit now; a follower is queued again when its leader ends. */
    boolean admits(Step step) {
        CacheKey key = step.cacheKey;
        if (cache == null || key == null || !mayFollow(step)) {
            return true;
        }
        Flights.Flight flight = cache.flights().lead(key, result -> runner.hand(() -> landed(step, key, result)));
        if (flight == null) {
            return false;
        }
        leading.put(step, flight);
        boolean wanted = session.lockedGet(() -> session.core().leads(step));
        if (!wanted) {
            left(step);
        }
        return wanted;
    }

    /** A follower's leader has ended. */
    private void landed(Step step, CacheKey key, byte @Nullable [] result) {
        boolean wanted = session.lockedGet(() -> session.core().isFollowing(step));
        if (wanted && (result == null || !settled(step, key, result))) {
            runner.enqueued(step);
        }
    }

    /** Whether a step that is about to run has its outcome from the cache instead. */
    boolean answers(Step step) {
        CacheKey key = step.cacheKey;
        if (cache == null || key == null || begun(step)) {
            return false;
        }
        byte[] result = cache.get(key);
        return result != null && settled(step, key, result);
    }

    /** The log wins: a scope of which anything is recorded goes on with that. */
    private boolean begun(Step step) {
        return step.spec().isScope()
                && session.lockedGet(() ->
                        !session.journal().log().scope(step.path()).steps().isEmpty());
    }

    /** Settles a step with a cached result; false if that cannot be decoded. */
    private boolean settled(Step step, CacheKey key, byte[] clear) {
        Outcome.Value value;
        try {
            value = new Outcome.Value(
                    session.values().codec().decode(clear, step.spec().resultType()));
        } catch (RuntimeException other) {
            if (cache != null) {
                cache.unread(key, other);
            }
            return false;
        }
        try {
            Outcome outcome = runner.outcomes().cached(step, clear, value);
            land(step, clear);
            if (outcome != null) {
                session.events().stepSucceeded(step, 0, 0);
                session.broadcast().cached(step, value.value());
                runner.settle(step, outcome);
            }
        } catch (Throwable broken) {
            session.fault(broken);
        }
        return true;
    }

    /** Gives the cache a result that is recorded. */
    void keep(Step step, @Nullable Object result) {
        CacheKey key = step.cacheKey;
        TaskSpec<?> spec = step.spec();
        if (cache == null || key == null || spec.isScope() && asked(step)) {
            return;
        }
        byte[] clear;
        try {
            clear = session.values().codec().encode(result, spec.resultType());
        } catch (CodecException unencodable) {
            LOG.warn(
                    "the result of task '{}' cannot be encoded, so it is not cached: {}",
                    spec.name(),
                    ResultCache.reason(unencodable));
            return;
        }
        cache.put(key, clear, spec.cache().flatMap(CachePolicy::ttl).orElse(null));
        land(step, clear);
    }

    /** Whether a question was asked below a scope: what a person said there is no function of its arguments. */
    private boolean asked(Step step) {
        return session.lockedGet(() -> asked(session.journal().log().scope(step.path())));
    }

    private static boolean asked(ScopeLog scope) {
        for (StepLog step : scope.steps()) {
            ScopeLog below = step.scope();
            if (step.asked() != null || below != null && asked(below)) {
                return true;
            }
        }
        return false;
    }

    // --- giving up the lead ---

    /** A step's attempt ended, or will not be made. */
    void left(Step step) {
        land(step, null);
    }

    /** Steps were settled from outside. */
    void leftSettled() {
        List.copyOf(leading.keySet()).stream().filter(Step::atRest).forEach(this::left);
    }

    /** The session stopped. */
    void leftAll() {
        List.copyOf(leading.keySet()).forEach(this::left);
    }

    private void land(Step step, byte @Nullable [] result) {
        Flights.Flight flight = leading.remove(step);
        if (flight != null && cache != null) {
            session.waiting().point();
            cache.flights().land(flight, result);
        }
    }
}
