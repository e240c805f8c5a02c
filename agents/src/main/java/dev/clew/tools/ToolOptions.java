package dev.clew.tools;

import dev.clew.task.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a tool beside its code.
 *
 * @param effect that its effect must not happen twice, or null
 * @param undo what undoes a call, or null
 */
record ToolOptions(
        List<String> formerly,
        List<RetryPolicy> retry,
        @Nullable Duration timeout,
        @Nullable Duration idleTimeout,
        boolean isReturnDirect,
        boolean isExclusive,
        int longestText,
        @Nullable ToolEffect effect,
        @Nullable ToolUndo undo) {
    static final ToolOptions NONE =
            new ToolOptions(List.of(), List.of(), null, null, false, false, AgentTool.LONGEST_TEXT, null, null);

    ToolOptions {
        formerly = List.copyOf(formerly);
        retry = List.copyOf(retry);
    }

    ToolOptions withFormerly(List<String> names) {
        return new ToolOptions(
                names, retry, timeout, idleTimeout, isReturnDirect, isExclusive, longestText, effect, undo);
    }

    ToolOptions plusRetry(RetryPolicy policy) {
        List<RetryPolicy> all = Stream.concat(retry.stream(), Stream.of(policy)).toList();
        return new ToolOptions(
                formerly, all, timeout, idleTimeout, isReturnDirect, isExclusive, longestText, effect, undo);
    }

    ToolOptions withTimeout(Duration limit) {
        return new ToolOptions(
                formerly, retry, limit, idleTimeout, isReturnDirect, isExclusive, longestText, effect, undo);
    }

    ToolOptions withIdleTimeout(Duration limit) {
        return new ToolOptions(formerly, retry, timeout, limit, isReturnDirect, isExclusive, longestText, effect, undo);
    }

    ToolOptions returningDirectly() {
        return new ToolOptions(formerly, retry, timeout, idleTimeout, true, isExclusive, longestText, effect, undo);
    }

    ToolOptions exclusive() {
        return new ToolOptions(formerly, retry, timeout, idleTimeout, isReturnDirect, true, longestText, effect, undo);
    }

    ToolOptions withLongestText(int characters) {
        return new ToolOptions(
                formerly, retry, timeout, idleTimeout, isReturnDirect, isExclusive, characters, effect, undo);
    }

    ToolOptions withEffect(@Nullable ToolEffect of) {
        return new ToolOptions(
                formerly, retry, timeout, idleTimeout, isReturnDirect, isExclusive, longestText, of, undo);
    }

    ToolOptions withUndo(ToolUndo of) {
        return new ToolOptions(
                formerly, retry, timeout, idleTimeout, isReturnDirect, isExclusive, longestText, effect, of);
    }
}
