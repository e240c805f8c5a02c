package dev.clew.engine.run;

import dev.clew.engine.core.CoreAttempt;
import dev.clew.engine.core.CoreScope;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.TaskContext;
import dev.clew.messages.MessageChunk;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.store.Store;
import dev.clew.task.IllegalStepException;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step: a token that dies with it. Once it is abandoned its handles throw, and its late result is
 * dropped. The session's lock guards what is not final.
 */
public final class Attempt extends CoreAttempt implements TaskCall, TaskContext {
    private final Session session;
    private final Step step;
    private final int number;
    private final @Nullable ScopeAttempt scope;
    private final @Nullable ScopeAttempt joiner;
    private final AttemptClock clock;

    private @Nullable Thread thread;

    /** When it began, in microseconds. */
    private long startedAt;

    /** Confined to the thread that runs it. */
    private @Nullable Attempt around;

    private boolean inCode;

    /** Ids of messages, added by any thread; made for the first. Guarded by this. */
    private @Nullable Set<String> messages;

    @Nullable
    Future<?> alarm;

    Attempt(Session session, Step step, int number, @Nullable ScopeAttempt joiner) {
        super(step);
        this.joiner = joiner;
        this.session = session;
        this.step = step;
        this.number = number;
        this.scope = step.spec().isScope() ? session.scopes().attempt(session, step, this) : null;
        this.clock = AttemptClock.of(step.spec().timeout(), step.spec().idleTimeout(), session.time());
    }

    public Session session() {
        return session;
    }

    public Step step() {
        return step;
    }

    /** The attempt whose code led to this one on the same thread, or null. */
    @Nullable
    public Attempt around() {
        return around;
    }

    public void around(@Nullable Attempt outer) {
        around = outer;
    }

    /** Whether its thread is in its code, and not in what the engine does before and after. */
    boolean isInCode() {
        return inCode;
    }

    void inCode(boolean in) {
        inCode = in;
    }

    int number() {
        return number;
    }

    @Nullable
    public ScopeAttempt scopeAttempt() {
        return scope;
    }

    @Override
    public @Nullable CoreScope coreScope() {
        return scope;
    }

    /** The scope whose thread runs this leaf, because it joins it; null if another thread does. */
    @Nullable
    ScopeAttempt joiner() {
        return joiner;
    }

    /** Whether it is a scope that only repeats what is recorded of it. */
    boolean isReplaying() {
        return scope != null && scope.isReplaying();
    }

    public AttemptClock clock() {
        return clock;
    }

    void startedOn(Thread runner, long at) {
        thread = runner;
        startedAt = at;
    }

    long startedAt() {
        return startedAt;
    }

    /** Interrupts the thread that runs it, if there still is one. */
    void interrupt() {
        if (thread != null) {
            session.waiting().interrupt(thread);
        }
    }

    /** The thread leaves the attempt; an interrupt that was meant for it, or that its code left, stays behind. */
    void leftByThread() {
        thread = null;
        if (scope != null) {
            scope.leave();
        }
        session.waiting().interrupted();
    }

    private void requireLive(String call) {
        if (!isLive()) {
            throw new IllegalStepException("attempt " + number + " of step '" + step.path() + "' in " + session.where()
                    + " is over (it ended, timed out or was cancelled), so " + call
                    + " is refused; do not keep a task's handles");
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
    public <T extends @Nullable Object> T arg(int index) {
        try {
            return (T) session.engineSide(() -> step.arguments().copy(index));
        } catch (CodecException changed) {
            if (step.isRoot() && scope != null) {
                throw Unreadable.mismatch(scope, "the input", changed);
            }
            throw changed;
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"})
    public <T extends @Nullable Object> T copy(T value, TypeRef<?> type) {
        return (T) session.values().copy(value, type);
    }

    @Override
    public boolean isSame(@Nullable Object one, @Nullable Object other, TypeRef<?> type) {
        return session.values().isSame(one, other, type);
    }

    @Override
    public boolean isExamined() {
        return session.witness().examines();
    }

    @Override
    public void found(String finding) {
        session.witness().found(finding);
    }

    @Override
    public void requireClaim() {
        session.engineSide(() -> {
            session.activation().workflow().graph().requireClaim(session);
            return true;
        });
    }

    @Override
    public RunConfig config() {
        return session.activation().config();
    }

    @Override
    public TaskContext taskContext() {
        return this;
    }

    @Override
    public Run run() {
        return requireScope().run();
    }

    @Override
    public Scope scope() {
        return requireScope();
    }

    private ScopeAttempt requireScope() {
        if (scope == null) {
            throw new IllegalStepException("step '" + step.path() + "' is a leaf and makes no durable calls");
        }
        return scope;
    }

    @Override
    public <C> C context(Class<C> type) {
        return step.contexts().require(type, session.where());
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <P> @Nullable P previous() {
        try {
            return (P) session.engineSide(() -> session.previous(step));
        } catch (CodecException changed) {
            throw Unreadable.mismatch(requireScope(), "the @Previous", changed);
        }
    }

    @Override
    public <T extends @Nullable Object> T await(CompletionStage<T> stage) throws Throwable {
        // The flag that the task's code left set is not for this wait. Whoever ends the attempt says so first, and
        // interrupts it then.
        session.waiting().interrupted();
        try {
            if (!isLive()) {
                throw new InterruptedException("attempt " + number + " of step '" + step.path() + "' is over");
            }
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (InterruptedException e) {
            stage.toCompletableFuture().cancel(true);
            throw e;
        }
    }

    @Override
    public String threadId() {
        return session.threadId();
    }

    @Override
    public String runId() {
        return session.runId();
    }

    @Override
    public String stepId() {
        return session.stepId(step.path());
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public void emit(@Nullable Object value) {
        requireLive("emit()");
        clock.beat();
        if (session.broadcast().isCustomWanted()) {
            session.engineSide(() -> {
                session.broadcast().emitted(this, value);
                return true;
            });
        }
    }

    @Override
    public void emitChunk(MessageChunk chunk) {
        requireLive("emitChunk()");
        clock.beat();
        session.broadcast().piece(this, chunk);
    }

    /** As the piece that it is, which is made only if somebody reads it. */
    @Override
    public void emitToken(String token) {
        requireLive("emitToken()");
        clock.beat();
        if (session.broadcast().isMessagesWanted()) {
            session.broadcast().piece(this, MessageChunk.text(token));
        }
    }

    @Override
    public boolean isStreamed() {
        return step.spec().idleTimeout().isPresent() || session.broadcast().isMessagesWanted();
    }

    /** The messages of which it has emitted pieces to a reader. */
    synchronized Set<String> messages() {
        if (messages == null) {
            messages = ConcurrentHashMap.newKeySet(1);
        }
        return messages;
    }

    @Override
    public void heartbeat() {
        requireLive("heartbeat()");
        clock.beat();
    }

    @Override
    public Store store() {
        requireLive("store()");
        Store store = session.settings().store();
        if (store == null) {
            throw new IllegalStepException("step '" + step.path() + "' in " + session.where()
                    + " asks for the store, but the graph was built without one; add"
                    + " .store(Store.inMemory()), or that of a database, to the graph's builder");
        }
        return store;
    }
}
