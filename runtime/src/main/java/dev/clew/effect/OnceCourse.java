package dev.clew.effect;

import dev.clew.effect.EffectNotes.Begun;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.task.Failure;
import dev.clew.task.RetryPolicy;
import dev.clew.task.TaskFailedException;
import dev.clew.task.TaskTimeoutException;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One call of a {@code ONCE} task, from its first attempt to its outcome:
 *
 * <pre>
 * called    begins: noted, and durable with all before it   → begun
 * begun     returned                                        → succeeded
 *           threw what says that nothing was done           → called, if it is retried; else failed
 *           threw anything else, timed out, its process ended, its result cannot be stored → unknown
 * unknown   reconcile finds it                              → succeeded
 *           finds nothing, and settle has passed            → called
 *           fails for good, or there is none                → asked
 * asked     a person says                                   → succeeded, failed or called
 * </pre>
 *
 * <p>Scope code: a replay repeats it. What it noted says which attempts began; an attempt that began and has no outcome in the log is
 * lost, and that is noted as well, so that later replays do not begin it.
 */
final class OnceCourse<R extends @Nullable Object> {
    /** How many unknown outcomes of one call are reconciled before a person is asked all the same. */
    private static final int MOST_UNKNOWN = 5;

    /** How long a thread that was given up, and still runs here, is waited for at a time. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** The attempts whose code runs in this process, whoever has given them up. */
    private static final Set<String> RUNNING = ConcurrentHashMap.newKeySet();

    private final Once<R> once;
    private final TaskCall call;
    private final Scope scope;
    private final Run run;
    private final TaskSpec<R> named;

    private final @Nullable Known known;

    private int failures;
    private int unknown;

    OnceCourse(Once<R> once, TaskCall call) {
        this(once, call, null);
    }

    private OnceCourse(Once<R> once, TaskCall call, @Nullable Known known) {
        this.known = known;
        this.once = once;
        this.call = call;
        this.scope = call.scope();
        this.run = call.run();
        this.named = attempt(0, "", null);
    }

    /**
     * What another step has noted whose unknown outcome is to be settled.
     *
     * @param step its path
     */
    record Known(Begun begun, String step) {}

    /**
     * Settles the unknown outcome of another step, which is not executed again: its run is being undone.
     *
     * @return whether its effect happened; what it gave is noted
     */
    static <R extends @Nullable Object> boolean settles(Once<R> once, TaskCall call) {
        int own = once.task().parameters().size();
        Begun begun = new Begun(call.<String>arg(own), call.<Instant>arg(own + 2));
        Known known = new Known(begun, call.<String>arg(own + 1));
        Resolution<R> resolution = new OnceCourse<>(once, call, known)
                .resolve(call.<Integer>arg(own + 3), "its run was ended before its outcome was stored");
        if (resolution instanceof Resolution.Succeeded<R> succeeded) {
            R unused = call.scope().note(EffectNotes.VALUE, once.task().resultType(), succeeded::value);
            return true;
        }
        return false;
    }

    /**
     * That an attempt is over, and its effect did not happen.
     *
     * @param retryNanos after how long the next one begins; negative if none does
     */
    record Over(long retryNanos) {}

    R run() {
        for (int number = 1; ; number++) {
            if (isSkipped(number)) {
                continue;
            }
            String why;
            if (isLost(number)) {
                why = "its process ended, or stopped, before its outcome was stored";
            } else {
                Begun begun = begin(number);
                Decision decision = new Decision();
                try {
                    R result = scope.call(attempt(number, begun.effectId(), decision))
                            .join();
                    boolean unused = scope.flush();
                    return result;
                } catch (TaskFailedException failed) {
                    if (isNotDone(failed.failure())) {
                        awaitRetry(number, failed, decision);
                        continue;
                    }
                    if (!scope.isStored()) {
                        throw UnknownOutcomeException.of(path(), failed);
                    }
                    why = String.valueOf(failed.getMessage());
                }
            }
            Resolution<R> resolution = resolve(number, why);
            if (resolution instanceof Resolution.Succeeded<R> succeeded) {
                return succeeded.value();
            }
            Over unused = over(number, new Over(0));
            if (resolution instanceof Resolution.Failed<R> refused) {
                throw new EffectFailedException(refused.reason());
            }
        }
    }

    // --- what is noted ---

    private static String begun(int number) {
        return EffectNotes.BEGUN + number;
    }

    private static String lost(int number) {
        return EffectNotes.LOST + number;
    }

    private Over over(int number, Over made) {
        return scope.note(EffectNotes.OVER + number, TypeRef.of(Over.class), () -> made);
    }

    /**
     * Whether an attempt failed for sure in an earlier attempt of the caller, which has forgotten that failure. Noted when it is first
     * seen: the place of that failure in the log is taken by the next attempt.
     */
    private boolean isSkipped(int number) {
        String skipped = EffectNotes.SKIPPED + number;
        boolean skips = scope.isNoted(skipped)
                || !scope.isNoted(lost(number)) && scope.isNoted(EffectNotes.OVER + number) && !scope.isRecorded(named);
        return skips && scope.note(skipped, TypeRef.of(Boolean.class), () -> true);
    }

    private boolean isLost(int number) {
        if (scope.isNoted(lost(number))) {
            return true;
        }
        boolean lost = scope.isNoted(begun(number)) && !scope.isRecorded(named);
        if (lost) {
            boolean unused = scope.note(lost(number), TypeRef.of(Boolean.class), () -> true);
        }
        return lost;
    }

    /** Before the body's first line, it is durable that it begins, and everything that led to it. */
    private Begun begin(int number) {
        boolean before = scope.isNoted(begun(number));
        if (!before && once.isUndone()) {
            boolean unused = Arguments.registered(scope, once.task(), call, effectId(number));
        }
        Begun begun =
                scope.note(begun(number), TypeRef.of(Begun.class), () -> new Begun(effectId(number), scope.time()));
        if (!before) {
            boolean unused = scope.flush();
        }
        return begun;
    }

    private String effectId(int number) {
        return number == 1 ? run.stepId() : noted(1).effectId();
    }

    private Begun noted(int number) {
        if (known != null) {
            return known.begun();
        }
        return scope.note(begun(number), TypeRef.of(Begun.class), () -> {
            throw new IllegalStateException("attempt " + number + " of step '" + run.stepId() + "' did not begin");
        });
    }

    // --- attempts ---

    /** What an attempt's own thread says of its failure: it has the exception itself. */
    private static final class Decision {
        private volatile @Nullable Throwable thrown;
    }

    private TaskSpec<R> attempt(int number, String effectId, @Nullable Decision decision) {
        TaskSpec<R> task = once.task();
        TaskSpec.Builder<R> spec =
                TaskSpec.of(EffectNotes.ATTEMPT, task.resultType()).method(task.declaringClass(), task.signature());
        task.timeout().ifPresent(spec::timeout);
        task.idleTimeout().ifPresent(spec::idleTimeout);
        return spec.leaf(inner -> {
            String running = effectId + '#' + number;
            boolean mine = RUNNING.add(running);
            try {
                inner.requireClaim();
                return task.body().run(new OnceCall(call, inner, run.stepId(), effectId, number));
            } catch (Throwable thrown) {
                if (decision != null) {
                    decision.thrown = thrown;
                }
                throw thrown;
            } finally {
                if (mine) {
                    RUNNING.remove(running);
                }
            }
        });
    }

    /** A limit that passed, and a result that cannot be stored, say nothing of the effect, whatever their superclasses are. */
    private boolean isNotDone(Failure failure) {
        boolean isOurs = failure.is(TaskTimeoutException.class) || failure.is(CodecException.class);
        return isOurs
                ? once.notDone().stream().anyMatch(type -> type.getName().equals(failure.type()))
                : once.notDone().stream().anyMatch(failure::is);
    }

    private void awaitRetry(int number, TaskFailedException failed, Decision decision) {
        failures++;
        @Nullable Throwable original = decision.thrown;
        Throwable thrown = original == null ? failed : original;
        Over over = over(number, new Over(retryNanos(thrown)));
        if (over.retryNanos() < 0) {
            throw failed;
        } else if (over.retryNanos() > 0) {
            run.sleep(Duration.ofNanos(over.retryNanos()));
        }
    }

    private long retryNanos(Throwable thrown) {
        RetryPolicy policy = once.task().retry().stream()
                .filter(each -> each.matches(thrown))
                .findFirst()
                .orElse(null);
        return policy == null || failures >= policy.maxAttempts()
                ? -1
                : policy.delay(failures, run.random().nextDouble()).toNanos();
    }

    // --- unknown outcomes ---

    /**
     * How an unknown outcome is settled: noted, so that a deploy that changes it does not change what is under way.
     *
     * @param settleNanos how long an empty answer does not count
     */
    record Way(boolean reconciles, long settleNanos) {}

    private Resolution<R> resolve(int number, String why) {
        unknown++;
        Once.Reconciliation<?, R> reconciliation = once.reconciliation();
        boolean reconciles = reconciliation != null && unknown <= MOST_UNKNOWN;
        Way way = scope.note(
                EffectNotes.WAY + number,
                TypeRef.of(Way.class),
                () -> new Way(reconciles, once.settle().toNanos()));
        String reason = why;
        Optional<Resolution<R>> settled = settled(number);
        boolean isReconciled = way.reconciles()
                && reconciliation != null
                && (settled.isEmpty() || scope.isRecorded(reconcileSpec(number, "", reconciliation)));
        if (isReconciled && reconciliation != null) {
            try {
                return reconciled(number, way, reconciliation);
            } catch (TaskFailedException unable) {
                reason = why + "; and reconcile failed: " + unable.getMessage();
            }
        }
        if (settled.isPresent()) {
            return settled.get();
        }
        Begun begun = noted(number);
        return asked(once.word(), new UnknownOutcome(path(), begun.effectId(), reason, shown(), begun.at(), number));
    }

    private <A extends @Nullable Object> Resolution<R> asked(Once.Word<A, R> word, UnknownOutcome what) {
        return resolution(word, run.interrupt(question(word.key()), what));
    }

    static <A extends @Nullable Object, R extends @Nullable Object> Resolution<R> resolution(
            Once.Word<A, R> word, Resolution<A> said) {
        if (said instanceof Resolution.Succeeded<A> succeeded) {
            return Resolution.succeeded(word.result().apply(succeeded.value()));
        }
        return said instanceof Resolution.Failed<A> failed ? Resolution.failed(failed.reason()) : Resolution.runAgain();
    }

    /** What a person said while the run could not ask; empty also if that is no result of the task, so that it asks. */
    private Optional<Resolution<R>> settled(int number) {
        return settled(once.word(), number);
    }

    private <A extends @Nullable Object> Optional<Resolution<R>> settled(Once.Word<A, R> word, int number) {
        String key = EffectNotes.SETTLED + number;
        try {
            return scope.isNoted(key)
                    ? Optional.of(resolution(word, scope.note(key, word.key().answerType(), Resolution::runAgain)))
                    : Optional.empty();
        } catch (CodecException other) {
            return Optional.empty();
        }
    }

    /** The question keeps its name if the task is renamed while it waits. */
    private <A extends @Nullable Object> InterruptKey<UnknownOutcome, Resolution<A>> question(
            InterruptKey<UnknownOutcome, Resolution<A>> key) {
        String name = scope.note(EffectNotes.QUESTION, TypeRef.of(String.class), key::name);
        return name.equals(key.name()) ? key : InterruptKey.of(name, key.questionType(), key.answerType());
    }

    /** An empty answer counts once nothing of the attempt can be under way. */
    private Resolution<R> reconciled(int number, Way way, Once.Reconciliation<?, R> reconciliation) {
        String effectId = noted(number).effectId();
        Optional<Resolution<R>> found = reconcile(number, effectId, reconciliation);
        if (found.isPresent()) {
            return found.get();
        }
        Optional<Resolution<R>> settled = settled(number);
        if (settled.isPresent()) {
            return settled.get();
        }
        if (way.settleNanos() > 0) {
            run.sleep(Duration.ofNanos(way.settleNanos()));
        }
        Duration pause = PAUSE;
        for (int looks = 1; stillRuns(number, looks, effectId); looks++) {
            run.sleep(pause);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        }
        return reconcile(number, effectId, reconciliation).orElseGet(Resolution::runAgain);
    }

    /** Noted, because a replay, perhaps elsewhere, must wait as often. */
    private boolean stillRuns(int number, int looks, String effectId) {
        return scope.note(
                EffectNotes.RUNS + number + '.' + looks,
                TypeRef.of(Boolean.class),
                () -> RUNNING.contains(effectId + '#' + number));
    }

    private <F> TaskSpec<F> reconcileSpec(int number, String effectId, Once.Reconciliation<F, R> reconciliation) {
        TaskSpec<R> task = once.task();
        TaskSpec.Builder<F> spec =
                TaskSpec.of("reconcile", reconciliation.type()).method(task.declaringClass(), task.signature());
        task.timeout().ifPresent(spec::timeout);
        List<RetryPolicy> policies =
                task.retry().isEmpty() ? List.of(RetryPolicy.builder().build()) : task.retry();
        policies.forEach(spec::retry);
        return spec.leaf(inner -> reconciliation.body().run(new OnceCall(call, inner, run.stepId(), effectId, number)));
    }

    private <F> Optional<Resolution<R>> reconcile(
            int number, String effectId, Once.Reconciliation<F, R> reconciliation) {
        F found = scope.call(reconcileSpec(number, effectId, reconciliation)).join();
        return reconciliation.result().apply(found);
    }

    private String path() {
        return known != null
                ? known.step()
                : run.stepId().substring((run.threadId() + '/' + run.runId() + '/').length());
    }

    private List<@Nullable Object> shown() {
        return Arguments.shown(scope, once.shown(call));
    }
}
