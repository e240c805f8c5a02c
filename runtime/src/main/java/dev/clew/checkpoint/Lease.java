package dev.clew.checkpoint;

import java.time.Instant;

/**
 * Who owns a thread, as its checkpointer sees it.
 *
 * <pre>{@code
 * boolean free = lease == null || lease.expired();
 * }</pre>
 *
 * @param owner the owner's id, unique per graph and process start
 * @param since when the owner claimed the thread
 * @param expired whether the lease had run out when it was read, by the store's own clock; a graph's and an operator's
 *     listings also say so of an owner that is known to be gone
 */
public record Lease(String owner, Instant since, boolean expired) {}
