package dev.clew.testing;

import dev.clew.json.JsonCodec;
import dev.clew.json.message.MessageAssembly;
import dev.clew.messages.AiMessage;
import dev.clew.messages.ContentBlock;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolCallChunk;
import dev.clew.messages.Usage;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelProfile;
import dev.clew.model.ModelRequest;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model that says what a test has written down. A request that no script expects fails, with the whole conversation.
 *
 * <pre>{@code
 * ScriptedModel model = ScriptedModel.create()
 *     .then(ToolCall.of("c1", "weather", Map.of("city", "Rome")))
 *     .then("18 degrees.");
 * }</pre>
 *
 * <p>Answers of {@code then} are used once each, in their order; those of {@code when} are looked at first, and are used for every
 * request that fits. A streamed call gets the answer word by word. Thread-safe: agents that run at the same time should have a
 * script each, by {@code when} or as models of their own, because {@code then} gives each answer to whoever asks first.
 */
public final class ScriptedModel implements ModelClient {
    /** What one request gets. */
    private interface Script {
        AiMessage play(ModelCall call) throws Exception;
    }

    /** A script for the requests that fit. */
    private record Case(Predicate<ModelRequest> fits, Script script) {}

    private final List<Script> inOrder = new ArrayList<>();
    private final List<Case> cases = new ArrayList<>();
    private final List<ModelRequest> requests = new ArrayList<>();
    private ModelProfile profile = ModelProfile.of("scripted", "scripted")
            .withStructuredOutput(true, true)
            .withForcedToolChoice(true);
    private int next;

    private ScriptedModel() {}

    /** Returns a model that expects nothing. */
    public static ScriptedModel create() {
        return new ScriptedModel();
    }

    /** The next request gets this answer. */
    public ScriptedModel then(AiMessage answer) {
        return then(said(answer));
    }

    /** The next request gets this text. */
    public ScriptedModel then(String text) {
        return then(Message.ai(text));
    }

    /** The next request gets these calls. */
    public ScriptedModel then(ToolCall... calls) {
        return then(Message.ai(calls));
    }

    /** The next request gets these pieces, as they are, and the answer that they make. */
    public ScriptedModel thenChunks(MessageChunk... pieces) {
        List<MessageChunk> all = List.of(pieces);
        return then(call -> {
            MessageAssembly answer = new MessageAssembly();
            for (MessageChunk piece : all) {
                answer.add(piece);
                if (call.isStreamed()) {
                    call.emit(piece);
                }
            }
            return answer.message();
        });
    }

    /** The next request fails with what is made here. */
    public ScriptedModel fail(Supplier<? extends Exception> failure) {
        return then(call -> {
            throw failure.get();
        });
    }

    /** The next request gets this answer after so much real time, unless it is interrupted. */
    public ScriptedModel delay(Duration delay, AiMessage answer) {
        return then(call -> {
            Thread.sleep(delay.toMillis());
            return said(answer).play(call);
        });
    }

    /** Every request that fits gets this answer. */
    public ScriptedModel when(Predicate<ModelRequest> fits, AiMessage answer) {
        return when(fits, said(answer));
    }

    /** Every request that fits gets this text. */
    public ScriptedModel when(Predicate<ModelRequest> fits, String text) {
        return when(fits, Message.ai(text));
    }

    /** The same model with this profile. */
    public synchronized ScriptedModel profile(ModelProfile profile) {
        this.profile = Objects.requireNonNull(profile, "profile");
        return this;
    }

    private synchronized ScriptedModel then(Script script) {
        inOrder.add(script);
        return this;
    }

    private synchronized ScriptedModel when(Predicate<ModelRequest> fits, Script script) {
        cases.add(new Case(fits, script));
        return this;
    }

    /** Returns the requests so far, oldest first; those that failed included. */
    public synchronized List<ModelRequest> requests() {
        return List.copyOf(requests);
    }

    /** Returns how many answers of {@code then} were not asked for. */
    public synchronized int left() {
        return inOrder.size() - next;
    }

    @Override
    public synchronized ModelProfile profile() {
        return profile;
    }

    @Override
    public AiMessage call(ModelRequest request, ModelCall call) throws Exception {
        Script script = script(request);
        if (script == null) {
            throw new AssertionError("the script of the model has no answer for this request (number "
                    + requests().size() + "):\n" + described(request));
        }
        return script.play(call);
    }

    private synchronized @Nullable Script script(ModelRequest request) {
        requests.add(request);
        for (Case each : cases) {
            if (each.fits.test(request)) {
                return each.script;
            }
        }
        return next < inOrder.size() ? inOrder.get(next++) : null;
    }

    private static String described(ModelRequest request) {
        StringBuilder text = new StringBuilder();
        if (request.systemPrompt() != null) {
            text.append("system prompt: ").append(request.systemPrompt()).append('\n');
        }
        request.messages().forEach(message -> text.append(message).append('\n'));
        request.tools()
                .forEach(tool -> text.append("tool: ").append(tool.name()).append('\n'));
        return text.toString();
    }

    private static Script said(AiMessage answer) {
        return call -> {
            if (call.isStreamed()) {
                pieces(answer).forEach(call::emit);
            }
            return answer;
        };
    }

    /** Words, calls in two pieces, and the end. */
    private static List<MessageChunk> pieces(AiMessage answer) {
        List<MessageChunk> pieces = new ArrayList<>();
        for (ContentBlock block : answer.content()) {
            if (block instanceof ContentBlock.Text text) {
                for (String word : text.text().split("(?<=\\s)", -1)) {
                    pieces.add(MessageChunk.text(word));
                }
            } else if (block instanceof ContentBlock.Reasoning reasoning) {
                pieces.add(MessageChunk.reasoning(reasoning.reasoning()));
            }
        }
        for (int i = 0; i < answer.toolCalls().size(); i++) {
            ToolCall call = answer.toolCalls().get(i);
            String args = json(call);
            int half = args.length() / 2;
            pieces.add(MessageChunk.toolCall(new ToolCallChunk(i, call.id(), call.name(), args.substring(0, half))));
            pieces.add(MessageChunk.toolCall(new ToolCallChunk(i, null, null, args.substring(half))));
        }
        Usage usage = answer.usage();
        pieces.add(MessageChunk.end(usage));
        return pieces;
    }

    private static String json(ToolCall call) {
        return new String(JsonCodec.standard().encode(call.args(), TypeRef.of(Object.class)), StandardCharsets.UTF_8);
    }
}
