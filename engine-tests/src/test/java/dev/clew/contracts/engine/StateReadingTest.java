package dev.clew.contracts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.OnMemory;
import dev.clew.contracts.lab.ForwardingCheckpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.interrupt.Command;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A state is read row by row. It is what the thread was doing at one moment, whatever its owner does meanwhile. */
@Timeout(60)
class StateReadingTest extends EngineSuite implements OnMemory {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore fails = new Semaphore(0);
    private Checkpointer store;
    private Lab owner;

    @BeforeEach
    void open() throws Exception {
        store = newStore();
        owner = opened(new Lab(store, Durability.SYNC)).body((input, calls, run) -> {
            begun.release();
            acquire(fails);
            throw new IllegalStateException("no");
        });
    }

    private static void acquire(Semaphore permit) {
        try {
            assertThat(permit.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    private void fail(CompletableFuture<?> running) {
        fails.release();
        assertThat(running).failsWithin(PATIENCE);
    }

    /** Reads the state through a door that lets the owner act before each call of the store. */
    private ThreadState<String> read(Moments moments) {
        Thread reader = Thread.currentThread();
        Checkpointer door = new ForwardingCheckpointer(store) {
            @Override
            protected void before(String call) {
                if (Thread.currentThread() == reader) {
                    moments.before(call);
                }
            }
        };
        Lab here = opened(new Lab(door, Durability.SYNC)).body((input, calls, run) -> input);
        return here.workflow().state(T);
    }

    private interface Moments {
        void before(String call);
    }

    @Test
    void aFailedRunThatContinuesDuringEachOfManyReadsIsNotShownAsFailedWithoutAFailure() {
        CompletableFuture<?> first = owner.workflow().invokeAsync("in", T);
        acquire(begun);
        fail(first);

        ThreadState<String> state = read(new Moments() {
            private int times = 8;
            private CompletableFuture<?> running;

            @Override
            public void before(String call) {
                if (call.equals("run") && times-- > 0) {
                    running = owner.workflow().invokeAsync(Command.proceed(), T);
                    acquire(begun);
                } else if (call.equals("thread") && running != null) {
                    fail(running);
                    running = null;
                }
            }
        });

        assertThat(state.status()).isEqualTo(ThreadStatus.FAILED);
        assertThat(state.failure()).isNotNull();
    }

    @Test
    void aRunThatFailsWhileItIsReadIsNotShownAsRunningWithAFailure() {
        CompletableFuture<?> running = owner.workflow().invokeAsync("in", T);
        acquire(begun);

        ThreadState<String> state = read(call -> {
            if (call.equals("run") && !running.isDone()) {
                fail(running);
            }
        });

        assertThat(state.status()).isEqualTo(ThreadStatus.FAILED);
        assertThat(state.failure()).isNotNull();
    }

    @Test
    void aThreadThatIsDeletedWhileItIsReadIsShownAsOneThatNeverRan() {
        CompletableFuture<?> first = owner.workflow().invokeAsync("in", T);
        acquire(begun);
        fail(first);

        ThreadState<String> state = read(call -> {
            if (call.equals("run")) {
                owner.graph().deleteThread("t");
            }
        });

        assertThat(state.status()).isEqualTo(ThreadStatus.IDLE);
        assertThat(state.runId()).isNull();
    }
}
