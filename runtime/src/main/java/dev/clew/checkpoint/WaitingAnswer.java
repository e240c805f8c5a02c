package dev.clew.checkpoint;

/**
 * An answer that waits in the store until the owner of its thread takes it into the run's log.
 *
 * <pre>{@code
 * checkpointer.addAnswers(threadId, thread.epoch(), List.of(new WaitingAnswer(runId, questionId, bytes)));
 * }</pre>
 *
 * @param runId the run that asked
 * @param question the id of the question; at most one answer waits for each
 * @param bytes the answer, opaque to the store; not copied, so it must not be changed afterwards
 */
public record WaitingAnswer(String runId, String question, byte[] bytes) {}
