package dev.clew.spi;

import dev.clew.flow.RunConfig;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The threads of a workflow as their logs have them, to be shown and edited by hand. Thread-safe. Implemented by Clew alone.
 *
 * <pre>{@code
 * Optional<LoggedRun> newest = threads.read(RunConfig.thread("r-1"));
 * }</pre>
 */
public interface LoggedThreads {
    /**
     * The newest run of a thread, or the one that the configuration's checkpoint opened or ended. Empty if the thread never
     * ran.
     *
     * @throws dev.clew.flow.RequestRefusedException if the thread is another workflow's, or has no such checkpoint
     */
    Optional<LoggedRun> read(RunConfig config);

    /** The runs of a thread, and its values that were set by hand, newest first; read as the stream is. */
    Stream<LoggedRun> newestFirst(String threadId);

    /**
     * Changes a thread by hand, in one write.
     *
     * @param config names the thread, and the checkpoint to begin at; the newest one if it names none
     * @param decide what is to become of it; called again if the thread changes meanwhile, and throws to refuse
     * @return the id of the checkpoint that was made
     * @throws dev.clew.flow.ThreadBusyException if a run of the thread is executing
     */
    String edit(RunConfig config, Function<Optional<LoggedRun>, ThreadChange> decide);
}
