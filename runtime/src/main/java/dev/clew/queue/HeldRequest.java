package dev.clew.queue;

import dev.clew.state.RunStatus;

/**
 * A request that no worker takes before a person has acted.
 *
 * <pre>{@code
 * graph.queue("essays").held().forEach(held -> System.out.println(held.runId() + ": " + held.cause()));
 * }</pre>
 *
 * @param threadId its thread
 * @param runId its id, which its run has, too
 * @param workflow the stored name of the workflow
 * @param status HELD if the run was not opened; BLOCKED or STUCK if it was
 * @param cause why no worker takes it
 */
public record HeldRequest(String threadId, String runId, String workflow, RunStatus status, String cause) {}
