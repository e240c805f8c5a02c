package dev.clew.task;

import dev.clew.value.IllegalRequestException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands a set of futures to the scope that made them. */
final class Races {
    private Races() {}

    static <R extends @Nullable Object> List<R> allOf(List<? extends TaskFuture<? extends R>> futures) {
        if (futures.isEmpty()) {
            return List.of();
        }
        return owner(futures).allOf(futures);
    }

    static <R extends @Nullable Object> TaskFuture<R> anyOf(List<? extends TaskFuture<? extends R>> futures) {
        if (futures.isEmpty()) {
            throw new IllegalRequestException("anyOf needs at least one future; an empty race would never end");
        }
        return owner(futures).anyOf(futures);
    }

    private static FutureGroup owner(List<? extends TaskFuture<?>> futures) {
        if (futures.get(0) instanceof FutureGroup.Member member) {
            return member.group();
        }
        throw new IllegalRequestException("allOf and anyOf take futures that a Clew scope returned, not "
                + futures.get(0).getClass().getName());
    }
}
