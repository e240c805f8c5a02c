package com.acme;

import dev.clew.annotations.Cached;
import dev.clew.annotations.Context;
import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Previous;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.flow.Final;
import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Everything that can be injected, and every option. */
public final class Roles {
    public interface Account {}

    public static final class User {}

    public static final class Throttled implements Predicate<Throwable> {
        @Override
        public boolean test(Throwable failure) {
            return false;
        }
    }

    @Task(
            name = "send-mail",
            retry = {
                @Retry(retryIf = Throttled.class, maxAttempts = 10, initialInterval = "PT5S", maxInterval = "PT5M"),
                @Retry(retryOn = {IOException.class, TimeoutException.class}, backoff = 1.5, jitter = false)
            },
            timeout = "PT30S",
            idleTimeout = "PT5S")
    void send(@Context Account account, String text, TaskContext context) throws IOException, SQLException {}

    @Task(cache = @Cached(ttl = "PT1H", version = "2", key = "searchKey"))
    List<String> search(List<String> words, TaskContext context, int limit) {
        return words;
    }

    static List<Object> searchKey(List<String> words, int limit) {
        return List.of(words, limit);
    }

    @Task(cache = @Cached)
    String cached(String text) throws Exception {
        return text;
    }

    @Task
    String scope(RolesTasks tasks, String text) {
        return tasks.cached(text).join();
    }

    @Task
    String runner(String text, Run run) {
        return text;
    }

    @Entrypoint
    Integer count(Integer step, @Previous Optional<Integer> total) {
        return total.orElse(0) + step;
    }

    @Entrypoint(
            name = "roles/everything",
            retry = @Retry(maxAttempts = 2),
            timeout = "PT10M",
            idleTimeout = "PT30S",
            childMemory = true)
    Final<String, List<String>> everything(
            com.acme.RolesTasks tasks,
            @Previous List<String> last,
            @Context User user,
            String input,
            @Context Account account,
            Run run)
            throws Throwable {
        return Final.of(input, last);
    }

    @Entrypoint
    CompletionStage<Final<Integer, Optional<String>>> later(@Previous Optional<Optional<String>> last) {
        return CompletableFuture.completedFuture(Final.of(1, Optional.empty()));
    }

    @Entrypoint
    void nothing(RolesTasks tasks) {
        tasks.send("x").join();
        tasks.everything("x").join();
        tasks.later().join();
        tasks.nothing();
    }
}
