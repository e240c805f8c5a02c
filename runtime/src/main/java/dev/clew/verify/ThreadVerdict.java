package dev.clew.verify;

import dev.clew.state.ThreadStatus;

/**
 * What is said of one thread.
 *
 * <pre>{@code
 * graph.verify().threads().stream()
 *     .filter(thread -> thread.verdict() == Verdict.DIFFERS)
 *     .forEach(thread -> System.out.println(thread.threadId() + ": " + thread.detail()));
 * }</pre>
 *
 * @param threadId the thread
 * @param workflow the name under which it is stored
 * @param status what the thread was doing when it was read
 * @param entries how many entries of its newest run were read
 * @param verdict what the replay says
 * @param detail where it waits, what differs and where in the code, or why nothing can be said; may be empty
 */
public record ThreadVerdict(
        String threadId, String workflow, ThreadStatus status, long entries, Verdict verdict, String detail) {}
