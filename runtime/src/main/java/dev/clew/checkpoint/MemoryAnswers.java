package dev.clew.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answers that wait for a thread's owner, in the order in which they came. Guarded by the thread's lock. */
final class MemoryAnswers {
    private final List<WaitingAnswer> waiting = new ArrayList<>(0);

    /** Adds all, or none if one has a question for which an answer waits. */
    boolean add(List<WaitingAnswer> added) {
        List<WaitingAnswer> all = new ArrayList<>(waiting);
        for (WaitingAnswer answer : added) {
            if (all.stream().anyMatch(known -> isFor(known, answer.runId(), answer.question()))) {
                return false;
            }
            all.add(answer);
        }
        waiting.addAll(added);
        return true;
    }

    List<WaitingAnswer> of(String runId) {
        return waiting.stream().filter(answer -> answer.runId().equals(runId)).toList();
    }

    boolean waitFor(@Nullable String runId) {
        return runId != null && !waiting.isEmpty() && !of(runId).isEmpty();
    }

    void take(@Nullable String runId, List<String> questions) {
        if (runId != null && !waiting.isEmpty()) {
            questions.forEach(question -> waiting.removeIf(answer -> isFor(answer, runId, question)));
        }
    }

    void removeOf(Set<String> runIds) {
        waiting.removeIf(answer -> runIds.contains(answer.runId()));
    }

    void clear() {
        waiting.clear();
    }

    private static boolean isFor(WaitingAnswer answer, String runId, String question) {
        return answer.runId().equals(runId) && answer.question().equals(question);
    }
}
