package dev.clew.testing;

import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.TaskContext;
import dev.clew.json.JsonCodec;
import dev.clew.spi.Scope;
import dev.clew.spi.TaskCall;
import dev.clew.spi.TaskSpec;
import dev.clew.value.ClewException;
import dev.clew.value.Codec;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One attempt's arguments as its task gets them, watched for changes: each attempt has its own copy, so changes are lost. */
final class HandedOut implements TaskCall {
    private final Codec codec = JsonCodec.standard();
    private final TaskSpec<?> task;
    private final TaskCall call;
    private final Map<Integer, Argument> arguments = new TreeMap<>();

    /** An argument, and its text when it was handed out. */
    private record Argument(@Nullable Object value, String before) {}

    HandedOut(TaskSpec<?> task, TaskCall call) {
        this.task = task;
        this.call = call;
    }

    /** A workflow may change its own input: whoever replays it begins with another copy. */
    private boolean isWatched(int index) {
        return !task.declaringClass().isEmpty() && index < task.parameters().size();
    }

    /** What the task changed of its arguments. */
    List<String> changes() {
        List<String> found = new ArrayList<>();
        arguments.forEach((index, argument) -> {
            String after = text(index, argument.value());
            if (!after.equals(argument.before())) {
                found.add("Lost update: task '" + task.name() + "' (" + task.declaringClass() + "." + task.signature()
                        + ") changed its argument '"
                        + task.parameters().get(index).name() + "' from "
                        + argument.before() + " to " + after
                        + ". Each attempt gets a copy of its own, so its caller never sees the change. Return the new"
                        + " value from the task.");
            }
        });
        return found;
    }

    private String text(int index, @Nullable Object value) {
        try {
            return new String(codec.encode(value, task.parameterTypes().get(index)), StandardCharsets.UTF_8);
        } catch (ClewException foreign) {
            return "?";
        }
    }

    @Override
    @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"
    }) // the compiler does not see the bounds of compiled types
    public <T extends @Nullable Object> T arg(int index) {
        T value = call.<T>arg(index);
        if (isWatched(index)) {
            arguments.put(index, new Argument(value, text(index, value)));
        }
        return value;
    }

    @Override
    @SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of compiled bounds
    public <T extends @Nullable Object> T copy(T value, TypeRef<?> type) {
        return call.copy(value, type);
    }

    @Override
    public boolean isSame(@Nullable Object one, @Nullable Object other, TypeRef<?> type) {
        return call.isSame(one, other, type);
    }

    @Override
    public boolean isExamined() {
        return call.isExamined();
    }

    @Override
    public void found(String finding) {
        call.found(finding);
    }

    @Override
    public RunConfig config() {
        return call.config();
    }

    @Override
    public TaskContext taskContext() {
        return call.taskContext();
    }

    @Override
    public Run run() {
        return call.run();
    }

    @Override
    public Scope scope() {
        return call.scope();
    }

    @Override
    public <C> C context(Class<C> type) {
        return call.context(type);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <P> @Nullable P previous() {
        return call.<P>previous();
    }

    @Override
    @SuppressWarnings("NullAway")
    public <T extends @Nullable Object> T await(CompletionStage<T> stage) throws Throwable {
        return call.await(stage);
    }
}
