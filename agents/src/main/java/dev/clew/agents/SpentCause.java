package dev.clew.agents;

import dev.clew.messages.Usage;
import dev.clew.task.Failure;
import dev.clew.task.TaskFailedException;
import dev.clew.tools.Cost;
import dev.clew.value.ClewException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an agent that is a tool had cost when it failed. A failed run gives no result, so its failure carries the cost to the run
 * of the other agent: as its last cause, which is recorded with it.
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class SpentCause extends Exception {
    private static final long serialVersionUID = 1L;

    private static final Pattern TEXT = Pattern.compile("calls=(\\d+) input=(\\d+) output=(\\d+) cacheRead=(\\d+)"
            + " cacheWrite=(\\d+) reasoning=(\\d+) estimated=(true|false) money=(\\S+)");

    private SpentCause(Cost cost) {
        super(text(cost), null, false, false);
    }

    /** The same failure of a run, which carries this cost where the run is a call of a tool. */
    static Throwable in(Throwable thrown, FoldedState state, Cost cost) {
        if (state.allowance() == null || thrown instanceof InterruptedException) {
            return thrown;
        }
        if (thrown instanceof TaskFailedException failed) {
            return in(failed, cost);
        }
        boolean isOfEngine = thrown instanceof ClewException && !(thrown instanceof NoOutputException);
        if (thrown instanceof Exception && !isOfEngine) {
            join(thrown, new SpentCause(cost));
        }
        return thrown;
    }

    private static void join(Throwable thrown, SpentCause cost) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        try {
            last.initCause(cost);
        } catch (IllegalStateException closed) {
            last.addSuppressed(cost); // it takes no cause, so its cost is not counted
        }
    }

    /** The same failure, which carries this cost instead of that which it carried. */
    static TaskFailedException in(TaskFailedException failed, Cost cost) {
        TaskFailedException carrying = new TaskFailedException(with(failed.failure(), cost));
        carrying.initCause(failed);
        return carrying;
    }

    private static Failure with(Failure failure, Cost cost) {
        List<Failure> chain = new ArrayList<>();
        for (Failure each = failure; each != null; each = each.cause()) {
            chain.add(each);
        }
        Failure cause = cost.equals(Cost.NONE)
                ? null
                : new Failure(List.of(SpentCause.class.getName()), text(cost), failure.path(), 1, null);
        for (int i = chain.size() - 1; i >= 0; i--) {
            Failure each = chain.get(i);
            if (!isCost(each)) {
                cause = new Failure(
                        each.types(), each.message(), each.path(), each.attempts(), cause, each.stackTrace());
            }
        }
        return cause == null ? failure : cause;
    }

    /** The cost that a failure carries. */
    static Cost of(Failure failure) {
        for (Failure each = failure; each != null; each = each.cause()) {
            if (isCost(each)) {
                return cost(String.valueOf(each.message()));
            }
        }
        return Cost.NONE;
    }

    private static boolean isCost(@Nullable Failure failure) {
        return failure != null && failure.type().equals(SpentCause.class.getName());
    }

    private static String text(Cost cost) {
        Usage usage = cost.usage();
        return "calls=" + cost.modelCalls() + " input=" + usage.input() + " output=" + usage.output() + " cacheRead="
                + usage.cacheRead() + " cacheWrite=" + usage.cacheWrite() + " reasoning=" + usage.reasoning()
                + " estimated=" + usage.estimated() + " money=" + cost.money();
    }

    private static Cost cost(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Cost.NONE;
        }
        Usage usage = new Usage(
                Long.parseLong(parts.group(2)),
                Long.parseLong(parts.group(3)),
                Long.parseLong(parts.group(4)),
                Long.parseLong(parts.group(5)),
                Long.parseLong(parts.group(6)),
                Boolean.parseBoolean(parts.group(7)));
        return new Cost(usage, Integer.parseInt(parts.group(1)), new BigDecimal(parts.group(8)));
    }
}
