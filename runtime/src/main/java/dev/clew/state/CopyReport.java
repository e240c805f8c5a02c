package dev.clew.state;

import java.util.List;

/**
 * What became of threads that were to be copied to another store.
 *
 * <pre>{@code
 * CopyReport report = Operator.copy(file.checkpointer(), server.checkpointer());
 * report.left().forEach(System.out::println);   // thread 'essay-7' is busy: a run is executing …
 * }</pre>
 *
 * @param copied how many threads were copied now
 * @param present how many were there already, as they are in the source
 * @param left a message for each thread that was not copied, with its id and the reason. Nothing of it is in the target
 */
public record CopyReport(int copied, int present, List<String> left) {
    public CopyReport {
        left = List.copyOf(left);
    }

    /** Whether all threads are in the target now. */
    public boolean isComplete() {
        return left.isEmpty();
    }
}
