package dev.clew.server.webhook;

import dev.clew.server.json.Json;
import dev.clew.server.kept.Documents;
import dev.clew.store.Store;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Webhooks that are to be sent. Each is stored before its run is enqueued, and deleted when it was taken: so it is sent at
 * least once, also if the server dies between. The server that got the request sends it when the run rests; another one takes
 * over what is still there half a minute later. Thread-safe.
 */
public final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");

    /** How long another server is waited for. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** How long a webhook is kept whose run nobody knows: its server may have died before it was enqueued. */
    private static final Duration ORPHANED = Duration.ofHours(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration LONGEST_TRIED = Duration.ofHours(24);

    private final Documents documents;
    private final Origins origins;
    private final Post post;
    private final @Nullable String secret;
    private final ScheduledExecutorService clock;
    private final Executor senders;
    private final Clock time = Clock.systemUTC();
    private final Set<Hooked> watched = ConcurrentHashMap.newKeySet();

    /** Those whose end could not be read, which is said once. */
    private final Set<Hooked> unread = ConcurrentHashMap.newKeySet();

    /** Finds what a run gives. */
    @FunctionalInterface
    public interface Runs {
        /** The body of the webhook once the run rests; empty if there is no such run. */
        Optional<CompletableFuture<ObjectNode>> result(String threadId, String requestId);
    }

    /**
     * An outbox in a store.
     *
     * @param secret with what bodies are signed; null for not at all
     * @param allowsPrivate whether hosts may be in a private network
     */
    public Outbox(
            Store store,
            Origins origins,
            @Nullable String secret,
            boolean allowsPrivate,
            ScheduledExecutorService clock,
            Executor senders) {
        this.documents = new Documents(store, "webhooks");
        this.origins = origins;
        this.secret = secret;
        this.post = new Post(allowsPrivate, Post.LONGEST, clock);
        this.clock = clock;
        this.senders = senders;
    }

    /**
     * Looks at where a webhook goes to.
     *
     * @throws dev.clew.server.kernel.ApiRefusal if it goes to where it must not
     */
    public void check(String url) {
        URI unused = origins.require(url);
    }

    /**
     * Keeps a webhook of a request that is about to be made.
     *
     * @return false if one of that request is kept already
     * @throws dev.clew.server.kernel.ApiRefusal if it goes to where it must not
     */
    public boolean keep(String threadId, String requestId, String url) {
        URI to = origins.require(url);
        Hooked hooked = new Hooked(threadId, requestId);
        if (documents.find(hooked.key()).isPresent()) {
            return false;
        }
        ObjectNode hook = Json.object();
        hook.put("thread_id", threadId);
        hook.put("request_id", requestId);
        hook.put("url", to.toString());
        hook.put("created", time.instant().toString());
        hook.put("due", Instant.EPOCH.toString());
        hook.put("tries", 0);
        documents.put(hooked.key(), hook);
        return true;
    }

    /** Whether a webhook of a request was not taken yet. */
    public boolean keeps(String threadId, String requestId) {
        return documents.find(new Hooked(threadId, requestId).key()).isPresent();
    }

    /** Forgets a webhook whose request was refused. */
    public void drop(String threadId, String requestId) {
        documents.delete(new Hooked(threadId, requestId).key());
    }

    /** Sends the webhook of a request as soon as its run rests. Never throws: what fails is done again by {@link #tend}. */
    public void watch(String threadId, String requestId, Runs runs) {
        watchSafely(new Hooked(threadId, requestId), runs, Duration.ZERO);
    }

    /** Looks for webhooks that other servers left. Never throws. */
    public void tend(Runs runs) {
        try {
            for (ObjectNode hook : documents.all()) {
                watchSafely(Hooked.of(hook), runs, GRACE);
            }
        } catch (RuntimeException failed) {
            LOG.warn("the webhooks that are to be sent could not be looked at; it is tried again", failed);
        }
    }

    private void watchSafely(Hooked hooked, Runs runs, Duration patience) {
        if (!watched.add(hooked)) {
            return;
        }
        try {
            watch(hooked, runs, patience);
        } catch (RuntimeException failed) {
            unread(hooked, failed);
        }
    }

    private void watch(Hooked hooked, Runs runs, Duration patience) {
        ObjectNode hook = documents.find(hooked.key()).orElse(null);
        Optional<CompletableFuture<ObjectNode>> result =
                hook == null ? Optional.empty() : runs.result(hooked.threadId(), hooked.requestId());
        if (hook == null || result.isEmpty()) {
            watched.remove(hooked);
            if (hook != null && age(hook).compareTo(ORPHANED) > 0) {
                LOG.info("the webhook of {} is dropped: there is no such run", hooked);
                documents.delete(hooked.key());
            }
            return;
        }
        boolean unused = result.get()
                .whenComplete((body, failed) -> {
                    if (body == null) {
                        unread(hooked, failed);
                    } else {
                        later(patience, hooked, body);
                    }
                })
                .isDone();
    }

    /** Said once: it is tried again every few seconds. */
    private void unread(Hooked hooked, Throwable failed) {
        watched.remove(hooked);
        if (unread.add(hooked)) {
            LOG.warn("what {} gave could not be read; its webhook is tried again", hooked, failed);
        }
    }

    private void forget(Hooked hooked) {
        documents.delete(hooked.key());
        watched.remove(hooked);
        unread.remove(hooked);
    }

    private Duration age(ObjectNode hook) {
        return Duration.between(Instant.parse(hook.get("created").asString()), time.instant());
    }

    /** For how long it was tried. */
    private Duration tried(ObjectNode hook) {
        return Duration.between(Instant.parse(hook.get("tried").asString()), time.instant());
    }

    private void later(Duration pause, Hooked hooked, ObjectNode body) {
        try {
            var unused = clock.schedule(
                    () -> senders.execute(() -> sendSafely(hooked, body)), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("the server is closed; the webhook of {} is sent by the next one", hooked);
        }
    }

    private void sendSafely(Hooked hooked, ObjectNode body) {
        try {
            send(hooked, body);
        } catch (RuntimeException failed) {
            LOG.warn("the webhook of {} could not be read or written; it is tried again", hooked, failed);
            later(GRACE, hooked, body);
        }
    }

    private void send(Hooked hooked, ObjectNode body) {
        ObjectNode hook = documents.find(hooked.key()).orElse(null);
        if (hook == null) {
            watched.remove(hooked);
            unread.remove(hooked);
            return;
        }
        // Another server may be at it.
        Duration left =
                Duration.between(time.instant(), Instant.parse(hook.get("due").asString()));
        if (left.compareTo(Duration.ofMillis(100)) > 0) {
            later(left.plus(GRACE), hooked, body);
            return;
        }
        String why = tried(hook, body);
        if (why.isEmpty()) {
            forget(hooked);
        } else {
            again(hook, body, why);
        }
    }

    /** Why it was not taken; without characters if it was. */
    private String tried(ObjectNode hook, ObjectNode body) {
        try {
            Instant now = time.instant();
            body.set("webhook_sent_at", Json.time(now));
            byte[] bytes = Json.bytes(body);
            URI to = origins.require(hook.get("url").asString());
            int status = post.send(to, bytes, headers(now, bytes));
            boolean isRefused = status >= 300 && status < 500 && status != 408 && status != 425 && status != 429;
            return status >= 200 && status < 300 ? "" : (isRefused ? REFUSED : "") + "the answer was " + status;
        } catch (Post.PrivateAddressException refused) {
            return REFUSED + refused.getMessage();
        } catch (IOException | RuntimeException failed) {
            return String.valueOf(failed);
        }
    }

    /** What cannot become better by trying again. */
    private static final String REFUSED = "refused: ";

    private Map<String, String> headers(Instant now, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        String key = secret;
        if (key != null) {
            String seconds = Long.toString(now.getEpochSecond());
            headers.put("X-Clew-Timestamp", seconds);
            headers.put("X-Clew-Signature", Signature.of(key, seconds, body));
        }
        return headers;
    }

    private void again(ObjectNode hook, ObjectNode body, String why) {
        Hooked hooked = Hooked.of(hook);
        int tries = hook.get("tries").asInt() + 1;
        if (tries == 1) {
            // From then on: its run may have taken days.
            hook.put("tried", time.instant().toString());
        }
        if (why.startsWith(REFUSED) || tried(hook).compareTo(LONGEST_TRIED) > 0) {
            LOG.warn("the webhook of {} is given up after {} tries: {}", hooked, tries, why);
            forget(hooked);
            return;
        }
        if (tries == 1) {
            LOG.warn("the webhook of {} was not taken, and is tried again for a day: {}", hooked, why);
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(tries - 1, 10));
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        hook.put("tries", tries);
        hook.put("due", time.instant().plus(pause).toString());
        documents.put(hooked.key(), hook);
        later(pause, hooked, body);
    }

    /** The request whose end is told: ids of requests are those of their thread. */
    private record Hooked(String threadId, String requestId) {
        static Hooked of(ObjectNode hook) {
            return new Hooked(
                    hook.get("thread_id").asString(), hook.get("request_id").asString());
        }

        String key() {
            return threadId.length() + ":" + threadId + ":" + requestId;
        }

        @Override
        public String toString() {
            return "request '" + requestId + "' of thread '" + threadId + "'";
        }
    }
}
