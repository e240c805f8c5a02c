package dev.clew.contracts.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.checkpoint.Claim;
import dev.clew.checkpoint.ClaimRequest;
import dev.clew.checkpoint.LeaseState;
import dev.clew.checkpoint.ThreadRecord;
import dev.clew.checkpoint.Write;
import dev.clew.contracts.lab.MutableClock;
import dev.clew.state.CheckpointQuery;
import dev.clew.state.ThreadQuery;
import dev.clew.state.ThreadStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the groups of {@link CheckpointerContract} share: the subject, its clock, and short words for its calls. */
abstract class ContractCases {
    static final Duration LEASE = Duration.ofSeconds(30);
    static final String THREAD = "essay-1";
    static final String RUN = "run-1";
    static final String FLOW = "EssayFlow.write";

    private final CheckpointerContract contract;

    ContractCases(CheckpointerContract contract) {
        this.contract = contract;
    }

    final Checkpointer subject() {
        return contract.checkpointer();
    }

    final MutableClock clock() {
        return contract.clock;
    }

    static ClaimRequest request(String threadId, String owner, long expectedEpoch) {
        return new ClaimRequest(threadId, FLOW, owner, expectedEpoch, LEASE, false);
    }

    /** Claims a thread that nobody owns, whatever its epoch, and opens the run. */
    final Claim claim(String threadId, String owner, String runId) {
        long epoch = subject().thread(threadId).map(ThreadRecord::epoch).orElse(0L);
        return claim(request(threadId, owner, epoch), Rows.open(runId));
    }

    /** A claim that must succeed. */
    final Claim claim(ClaimRequest request, Write first) {
        return subject().claim(request, first).orElseThrow();
    }

    /** {@link #THREAD} in run {@link #RUN}, owned by "ann". */
    final Claim claimed() {
        return claim(THREAD, "ann", RUN);
    }

    /** A thread at rest in this status. */
    final void parked(String threadId, ThreadStatus status) {
        parked(threadId, status, RUN);
    }

    final void parked(String threadId, ThreadStatus status, String runId) {
        write(claim(threadId, "ann", runId), Rows.release(status, runId));
    }

    /** What a renewal of one claim found. */
    final LeaseState renew(Claim claim, Duration lease) {
        return subject().renew(List.of(claim), lease).get(claim);
    }

    final void write(Claim claim, Write write) {
        subject().write(claim, write, true).toCompletableFuture().join();
    }

    /** Why a write failed; fails where it did not. */
    final Throwable failure(Claim claim, Write write) {
        @Nullable Throwable failure = failureOf(subject().write(claim, write, true));
        assertThat(failure).as("failure of " + write).isNotNull();
        return failure;
    }

    static @Nullable Throwable failureOf(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    final ThreadRecord thread(String threadId) {
        return subject().thread(threadId).orElseThrow();
    }

    final List<String> log(String threadId, String runId) {
        return log(threadId, runId, 0);
    }

    /** A log's entries as {@code seq:text}. */
    final List<String> log(String threadId, String runId, long fromSeq) {
        List<String> entries = new ArrayList<>();
        subject().scan(threadId, runId, fromSeq, entry -> entries.add(entry.seq() + ":" + text(entry.bytes())));
        return entries;
    }

    final List<String> checkpointIds(CheckpointQuery query) {
        return subject().checkpoints(query).stream().map(CheckpointRecord::id).toList();
    }

    final List<String> threadIds(ThreadQuery query) {
        return subject().threads(query).stream().map(ThreadRecord::threadId).toList();
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
