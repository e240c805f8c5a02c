package dev.clew.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.contracts.checkpoint.Rows;
import dev.clew.contracts.lab.Eventually;
import dev.clew.postgres.LossySource.Cut;
import dev.clew.queue.ReadyHints;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source of connections that throws what it likes, and interrupts: no thread of the store ends by it, and no write is lost. */
@Timeout(120)
final class BrokenSourceTest {
    private static final String RUN = "run-1";

    private final LossySource source = new LossySource(TestServer.shared().pool());
    private final PostgresOptions options =
            PostgresOptions.defaults().schema(TestServer.shared().freshSchema());
    private Postgres db;
    private Checkpointer store;

    @BeforeEach
    void open() {
        db = Postgres.of(source.dataSource(), options);
        store = db.checkpointer();
    }

    @AfterEach
    void close() {
        source.refuseWith(null);
        db.close();
    }

    private Optional<Claim> claim(String threadId) {
        return store.claim(
                new ClaimRequest(threadId, "EssayFlow.write", "ann", 0, Duration.ofMinutes(1), false), Rows.open(RUN));
    }

    private CompletableFuture<Void> write(Claim claim, int place) {
        return store.write(claim, Rows.log(RUN, place, "a"), true).toCompletableFuture();
    }

    @Test
    void writeIsStoredAfterASourceThatThrewAnExceptionOfItsOwnIsWellAgain() {
        Claim claim = claim("t").orElseThrow();
        source.refuseWith(new IllegalStateException("the pool is being rebuilt"));
        source.cut(Cut.BEFORE, ".log ");

        CompletableFuture<Void> written = write(claim, 0);
        Eventually.until(() -> source.refusals() > 1);
        source.refuseWith(null);

        assertThat(written).succeedsWithin(Duration.ofSeconds(30));
        assertThat(write(claim, 1)).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void errorFailsTheWriteThatMetItAndTheWriterGoesOn() {
        Claim claim = claim("t").orElseThrow();
        source.refuseWith(new NoClassDefFoundError("of a driver"));
        source.cut(Cut.BEFORE, ".log ");

        assertThat(write(claim, 0))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(NoClassDefFoundError.class);

        source.refuseWith(null);
        assertThat(CompletableFuture.supplyAsync(() -> claim("other"))).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void interruptOfTheCallerDoesNotFailAClaimWhoseAnswerWasLost() throws Exception {
        AtomicReference<Optional<Claim>> made = new AtomicReference<>(Optional.empty());
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            made.set(claim("t"));
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        claim("warm");
        source.refuseWith(new SQLException("away", "08001"));
        source.cut(Cut.AFTER, "COMMIT");

        caller.start();
        Eventually.until(() -> source.refusals() > 0);
        caller.interrupt();
        Eventually.until(() -> source.refusals() > 2);
        source.refuseWith(null);
        caller.join();

        assertThat(made.get().map(Claim::epoch))
                .contains(store.thread("t").orElseThrow().epoch());
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void hintsAreSentAgainAfterAnError() {
        Connections connections = new Connections(source.dataSource(), options);
        ReadyHints hints = new ReadyHints();
        AtomicBoolean heard = new AtomicBoolean();
        AutoCloseable unused = hints.add("q", () -> heard.set(true));
        try (HintListener listener = new HintListener(connections, hints);
                Pool pool = new Pool(connections, 1);
                HintSender sender = new HintSender(pool, options.schema())) {
            source.refuseWith(new NoClassDefFoundError("of a driver"));
            listener.start();
            sender.send(Set.of("q"));
            Eventually.until(() -> source.refusals() > 1);
            source.refuseWith(null);
            Eventually.until(heard::get);
            heard.set(false);

            Eventually.until(() -> {
                sender.send(Set.of("q"));
                return heard.get();
            });
        }
    }
}
