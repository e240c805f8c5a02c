package dev.clew.agents.middleware;

import dev.clew.agents.Hooks;
import dev.clew.agents.Middleware;
import dev.clew.agents.ToolAnswer;
import dev.clew.effect.UnknownOutcomeException;
import dev.clew.messages.ToolMessage;
import dev.clew.task.Failure;
import dev.clew.task.TaskFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tells the model that a tool failed, once its retries are exhausted, rather than fail the run. The run then goes on, and the
 * failed call is not executed again.
 *
 * <p>The model is never told that a {@code ONCE} tool failed that may have acted. What a person settles as failed is a failure
 * like any other.
 *
 * <pre>{@code
 * .middleware(ToolErrors.tell(IOException.class))
 * }</pre>
 */
public final class ToolErrors implements Middleware {
    private final List<String> types;
    private final Predicate<Failure> isTold;
    private final Function<Failure, String> text;

    private ToolErrors(List<String> types, Predicate<Failure> isTold, Function<Failure, String> text) {
        this.types = types;
        this.isTold = isTold;
        this.text = text;
    }

    /** Returns the middleware that tells the model of every failure. */
    public static ToolErrors tell() {
        return new ToolErrors(List.of(), failure -> true, ToolErrors::said);
    }

    /** Returns the middleware that tells the model of failures of these classes; others fail the run. */
    @SafeVarargs
    public static ToolErrors tell(Class<? extends Throwable>... types) {
        List<Class<? extends Throwable>> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Class<? extends Throwable> type : types) {
            all.add(type);
            names.add(type.getName());
        }
        return new ToolErrors(names, failure -> all.stream().anyMatch(failure::is), ToolErrors::said);
    }

    /** Returns the same middleware, which tells the model this text. */
    public ToolErrors text(Function<? super Failure, String> of) {
        return new ToolErrors(types, isTold, of::apply);
    }

    private static String said(Failure failure) {
        String name = failure.type().substring(failure.type().lastIndexOf('.') + 1);
        return "The tool failed: " + name + (failure.message() == null ? "" : ": " + failure.message());
    }

    /** There may be several, for other classes. */
    @Override
    public String name() {
        return types.isEmpty() ? "ToolErrors" : "ToolErrors." + String.join(".", types);
    }

    @Override
    public void install(Hooks hooks) {
        hooks.wrapToolCall((call, run, next) -> {
            try {
                return next.call(call);
            } catch (TaskFailedException failed) {
                if (UnknownOutcomeException.isIn(failed.failure()) || !isTold.test(failed.failure())) {
                    throw failed;
                }
                return ToolAnswer.of(ToolMessage.error(call, text.apply(failed.failure())));
            }
        });
    }
}
