package dev.clew.checkpoint;

/**
 * The right to write to a thread, until somebody claims it with a greater epoch.
 *
 * <pre>{@code
 * checkpointer.write(claim, Write.log(runId, records), true).toCompletableFuture().join();
 * }</pre>
 *
 * @param threadId which thread
 * @param owner who holds it
 * @param epoch the fencing token that every write carries
 */
public record Claim(String threadId, String owner, long epoch) {}
