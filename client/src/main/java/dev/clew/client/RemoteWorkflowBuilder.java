package dev.clew.client;

import dev.clew.client.wire.Endpoint;
import dev.clew.client.wire.Http;
import dev.clew.client.wire.RunCalls;
import dev.clew.interrupt.InterruptKey;
import dev.clew.json.JsonCodec;
import dev.clew.value.Codec;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RemoteWorkflow} is, and how its server is talked to. Not thread-safe.
 *
 * <pre>{@code
 * RemoteWorkflow.builder("https://agents.example.org", "EssayFlow.write", String.class, Essay.class)
 *     .header("Authorization", () -> "Bearer " + tokens.current())
 *     .question(EssayFlow.REVIEW)
 *     .requestTimeout(Duration.ofSeconds(10))
 *     .build();
 * }</pre>
 *
 * @param <I> the input's type
 * @param <O> the type of the value that callers get
 */
public final class RemoteWorkflowBuilder<I, O extends @Nullable Object> {
    /** Servers beat every 5 seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final String url;
    private final String name;
    private final TypeRef<I> inputType;
    private final TypeRef<O> outputType;
    private final List<InterruptKey<?, ?>> questions = new ArrayList<>();
    private final List<Supplier<Map<String, String>>> headers = new ArrayList<>();
    private Codec codec = JsonCodec.standard();
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration silence = SILENCE;
    private Duration patience = Duration.ofSeconds(60);
    private @Nullable HttpClient client;
    private @Nullable Executor executor;

    RemoteWorkflowBuilder(String url, String name, TypeRef<I> inputType, TypeRef<O> outputType) {
        if (name.isBlank()) {
            throw new IllegalRequestException("a remote workflow needs the name of its assistant");
        }
        this.url = url;
        this.name = name;
        this.inputType = inputType;
        this.outputType = outputType;
    }

    /**
     * Names a question that the workflow asks, so that it can be taken by its key. LangGraph's servers do not name questions: there
     * the first key counts whose type the question has.
     */
    public RemoteWorkflowBuilder<I, O> question(InterruptKey<?, ?> key) {
        questions.add(key);
        return this;
    }

    /** Sends a header with every request. */
    public RemoteWorkflowBuilder<I, O> header(String header, String value) {
        return header(header, () -> value);
    }

    /** Sends a header with every request, whose value is asked for each time: credentials that expire. */
    public RemoteWorkflowBuilder<I, O> header(String header, Supplier<String> value) {
        headers.add(() -> Map.of(header, value.get()));
        return this;
    }

    /** How values are written and read; Clew's JSON by default. */
    public RemoteWorkflowBuilder<I, O> codec(Codec json) {
        this.codec = json;
        return this;
    }

    /** How long the beginning of an answer may take; 30 seconds by default. What is waited for takes as long as it takes. */
    public RemoteWorkflowBuilder<I, O> requestTimeout(Duration most) {
        this.requestTimeout = positive("requestTimeout", most);
        return this;
    }

    /** After how long without a byte a connection that waits counts as dead; 15 seconds by default. */
    public RemoteWorkflowBuilder<I, O> idleTimeout(Duration most) {
        this.silence = positive("idleTimeout", most);
        return this;
    }

    /** For how long a server may be away before a call fails; a minute by default. */
    public RemoteWorkflowBuilder<I, O> patience(Duration most) {
        this.patience = positive("patience", most);
        return this;
    }

    private static Duration positive(String option, Duration given) {
        if (given.isZero() || given.isNegative()) {
            throw new IllegalRequestException("'" + option + "' must be positive, not " + given);
        }
        return given;
    }

    /** The client to use, for proxies and certificates of one's own. */
    public RemoteWorkflowBuilder<I, O> httpClient(HttpClient http) {
        this.client = http;
        return this;
    }

    /** Where {@code invokeAsync}, listeners and subscribers run; daemon threads of its own by default. */
    public RemoteWorkflowBuilder<I, O> executor(Executor threads) {
        this.executor = threads;
        return this;
    }

    /**
     * Makes the workflow. The server is not asked anything yet.
     *
     * @throws IllegalRequestException if the address is none
     */
    public RemoteWorkflow<I, O> build() {
        Endpoint endpoint = new Endpoint(
                client == null ? Clients.DEFAULT : client, address(url), headers, requestTimeout, silence, patience);
        Values<O> output = Values.of(codec, outputType);
        Faults faults = new Faults(endpoint.base().toString(), name);
        RemoteRuns<O> runs = new RemoteRuns<>(
                new RunCalls(new Http(endpoint)),
                faults,
                new Bodies(name, faults),
                new Results<>(name, output, List.copyOf(questions)));
        return new RemoteWorkflow<>(
                name, inputType, output, questions, runs, executor == null ? Clients.THREADS : executor);
    }

    private static URI address(String url) {
        try {
            URI base = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            boolean isHttp = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
            if (isHttp && base.getHost() != null && base.getRawQuery() == null && base.getRawFragment() == null) {
                return base;
            }
        } catch (IllegalArgumentException none) {
            throw new IllegalRequestException("'" + url + "' is no address of a server: " + none.getMessage());
        }
        throw new IllegalRequestException(
                "'" + url + "' is no address of a server; write one such as http://127.0.0.1:8123");
    }

    /** Made when the first workflow needs them, and shared by all. */
    private static final class Clients {
        static final Executor THREADS = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "clew-client");
            thread.setDaemon(true);
            return thread;
        });

        static final HttpClient DEFAULT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }
}
