package dev.clew.langchain4j;

import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.Usage;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelException;
import dev.clew.model.ModelProfile;
import dev.clew.model.ModelRequest;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Any model of LangChain4j as a {@link ModelClient}: for agents, and for tasks that use the port.
 *
 * <pre>{@code
 * ChatModel openAi = OpenAiChatModel.builder().apiKey(key).modelName("gpt-x").maxRetries(0).build();
 * ModelClient model = LangChain4jModel.of(openAi);
 * }</pre>
 *
 * <p>Switch off the retries of the model ({@code maxRetries(0)}): the step retries, and then every attempt is recorded. Give the
 * model a timeout of its own. Thread-safe if the model is.
 *
 * <p><strong>Streaming.</strong> A {@link StreamingChatModel} emits text, reasoning and tool calls as they come. If the call is
 * cancelled, the connection is closed; a model that has not begun to answer is closed with its first piece. A {@link ChatModel}
 * emits its answer as one piece.
 *
 * <p><strong>Failures</strong> become {@link ModelException}s; what is not known is {@link ModelException.Unavailable}, with the
 * cause.
 *
 * <p><strong>What is lost</strong>, because LangChain4j has no place for it:
 *
 * <ul>
 *   <li>of a request: ids of messages, names of model's messages, the artifacts of tools. The choice of one tool becomes "some
 *       tool", with that tool alone. {@code parallelToolCalls(false)}, {@code reasoningEffort}, cache points and {@code extra} are
 *       refused, with {@link ModelException.InvalidRequest}, unless {@link Builder#parameters} passes them on. Refused are a
 *       provider's own tools, images by file id, and blocks other than text, reasoning and images, too;
 *   <li>of an answer: the provider's own word for why it ended ({@code finish_reason} has LangChain4j's, which has none for
 *       refusals), images, log probabilities, and where reasoning stood between texts;
 *   <li>of a failure: how long to wait ({@code retryAfter});
 *   <li>of the usage: details that the provider's own class does not have. Those of OpenAI, Anthropic and Gemini are known; for
 *       another, see {@link Builder#usage}.
 * </ul>
 *
 * <p>Reasoning goes back to the provider that it came from and to no other. Call ids that a provider would not accept are
 * replaced, in the call and in its result alike.
 */
public final class LangChain4jModel implements ModelClient {
    private final @Nullable ChatModel whole;
    private final @Nullable StreamingChatModel streaming;
    private final String provider;
    private final ModelProfile profile;
    private final @Nullable BiFunction<ModelRequest, ChatRequestParameters, ChatRequestParameters> parameters;
    private final Function<ChatResponse, Usage> usage;
    private final Function<Throwable, @Nullable ModelException> failures;

    private LangChain4jModel(Builder builder) {
        this.whole = builder.whole;
        this.streaming = builder.streaming;
        this.profile = builder.profile;
        this.provider = builder.profile.provider();
        this.parameters = builder.parameters;
        this.usage = builder.usage;
        this.failures = builder.failures;
    }

    /** Returns the client of a model that gives its answers whole. */
    public static LangChain4jModel of(ChatModel model) {
        return builder(model).build();
    }

    /** Returns the client of a model that gives its answers piece by piece. */
    public static LangChain4jModel of(StreamingChatModel model) {
        return builder(model).build();
    }

    /** Begins with a model that gives its answers whole. */
    public static Builder builder(ChatModel model) {
        Objects.requireNonNull(model, "model");
        return new Builder(model, null, known(model.provider(), modelName(model), model.supportedCapabilities()));
    }

    /** Begins with a model that gives its answers piece by piece. */
    public static Builder builder(StreamingChatModel model) {
        Objects.requireNonNull(model, "model");
        return new Builder(null, model, known(model.provider(), modelName(model), model.supportedCapabilities()));
    }

    private static String modelName(ChatModel model) {
        String name = model.defaultRequestParameters().modelName();
        return name == null ? "" : name;
    }

    private static String modelName(StreamingChatModel model) {
        String name = model.defaultRequestParameters().modelName();
        return name == null ? "" : name;
    }

    private static ModelProfile known(ModelProvider provider, String model, Set<Capability> capabilities) {
        boolean hasSchema = capabilities.contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        return ModelProfile.of(name(provider), model)
                .withStructuredOutput(hasSchema, hasSchema && provider == ModelProvider.OPEN_AI)
                .withForcedToolChoice(provider == ModelProvider.OPEN_AI || provider == ModelProvider.MISTRAL_AI);
    }

    /** The names by which LangChain's messages know providers. */
    private static String name(ModelProvider provider) {
        return switch (provider) {
            case OPEN_AI -> "openai";
            case GOOGLE_AI_GEMINI, GOOGLE_GENAI -> "google_genai";
            case MISTRAL_AI -> "mistralai";
            case OTHER -> "";
            default -> provider.name().toLowerCase(Locale.ROOT);
        };
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public AiMessage call(ModelRequest request, ModelCall call) throws InterruptedException {
        ChatRequest asked = new ChatRequests(provider, parameters).of(request);
        StreamedAnswer pieces = new StreamedAnswer(call, usage);
        AiMessage answer;
        try {
            ChatResponse response = streaming == null
                    ? Objects.requireNonNull(whole).chat(asked)
                    : streamed(streaming, asked, pieces, call);
            answer = new ChatAnswers(provider, usage).of(response);
        } catch (ModelException known) {
            throw known;
        } catch (RuntimeException failed) {
            if (pieces.isRefusal(failed)) {
                throw failed;
            }
            throw failure(failed);
        }
        if (streaming == null && call.isStreamed()) {
            emit(answer, call);
        }
        return answer;
    }

    /** The pieces of an answer that came whole. */
    private static void emit(AiMessage answer, ModelCall call) {
        for (ContentBlock block : answer.content()) {
            call.emit(
                    block instanceof ContentBlock.Reasoning reasoning
                            ? MessageChunk.reasoning(reasoning.reasoning())
                            : MessageChunk.text(((ContentBlock.Text) block).text()));
        }
        call.emit(MessageChunk.end(answer.usage()));
    }

    private ChatResponse streamed(StreamingChatModel model, ChatRequest request, StreamedAnswer answer, ModelCall call)
            throws InterruptedException {
        call.onCancel(answer::cancel);
        model.chat(request, answer);
        try {
            return answer.whole().get();
        } catch (InterruptedException stopped) {
            answer.cancel();
            throw stopped;
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause instanceof RuntimeException refused && answer.isRefusal(refused)) {
                throw refused;
            }
            throw failure(cause);
        }
    }

    private RuntimeException failure(Throwable failed) throws InterruptedException {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                InterruptedException stopped = new InterruptedException("the call of the model was interrupted");
                stopped.initCause(failed);
                throw stopped;
            }
        }
        ModelException known = failures.apply(failed);
        return known == null ? ModelFailures.of(failed) : known;
    }

    /**
     * Options of a {@link LangChain4jModel}. Not thread-safe.
     *
     * <pre>{@code
     * LangChain4jModel.builder(model).profile(ModelProfile.of("openai", "gpt-x").withMaxInputTokens(128_000)).build()
     * }</pre>
     */
    public static final class Builder {
        private final @Nullable ChatModel whole;
        private final @Nullable StreamingChatModel streaming;
        private ModelProfile profile;
        private @Nullable BiFunction<ModelRequest, ChatRequestParameters, ChatRequestParameters> parameters;
        private Function<ChatResponse, Usage> usage = response -> TokenUsages.of(response.tokenUsage());
        private Function<Throwable, @Nullable ModelException> failures = failed -> null;

        private Builder(@Nullable ChatModel whole, @Nullable StreamingChatModel streaming, ModelProfile profile) {
            this.whole = whole;
            this.streaming = streaming;
            this.profile = profile;
        }

        /** What the model can do, in place of what LangChain4j says of it. */
        public Builder profile(ModelProfile profile) {
            this.profile = Objects.requireNonNull(profile, "profile");
            return this;
        }

        /**
         * How the parameters of the provider's own class are made, of our request and of LangChain4j's common parameters. It must
         * pass on all that is wanted of {@code parallelToolCalls}, {@code reasoningEffort}, {@code cachePoints} and {@code extra}:
         * with it, none of them is refused.
         *
         * <pre>{@code
         * .parameters((request, common) -> OpenAiChatRequestParameters.builder()
         *     .overrideWith(common)
         *     .parallelToolCalls(request.parallelToolCalls())
         *     .build())
         * }</pre>
         */
        public Builder parameters(BiFunction<ModelRequest, ChatRequestParameters, ChatRequestParameters> made) {
            this.parameters = Objects.requireNonNull(made, "made");
            return this;
        }

        /** How the usage is read of an answer that has one. */
        public Builder usage(Function<ChatResponse, Usage> usage) {
            this.usage = Objects.requireNonNull(usage, "usage");
            return this;
        }

        /** What a failure is; null leaves it to the adapter. */
        public Builder failures(Function<Throwable, @Nullable ModelException> failures) {
            this.failures = Objects.requireNonNull(failures, "failures");
            return this;
        }

        /** The client. */
        public LangChain4jModel build() {
            return new LangChain4jModel(this);
        }
    }
}
