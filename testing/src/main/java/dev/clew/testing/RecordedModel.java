package dev.clew.testing;

import dev.clew.json.JsonCodec;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.MessageIds;
import dev.clew.messages.ToolCall;
import dev.clew.messages.ToolMessage;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelProfile;
import dev.clew.model.ModelRequest;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers of a real model, recorded once and replayed in every later run of a test. A file has an answer a line, and the digest of
 * what was asked: system prompt, messages, tools and settings. Requests themselves, headers and keys are never written.
 *
 * <pre>{@code
 * ModelClient model = RecordedModel.of(Path.of("src/test/resources/travel.jsonl"), LangChain4jModel.of(openAi));
 * }</pre>
 *
 * <p>With the system property {@code clew.record} the real model is asked where the file has no answer, and the file is written;
 * delete it to record anew. Without the property a request that is not in the file fails, and no model is asked. Ids of messages
 * and calls are no part of the digest, since they differ from run to run. Thread-safe; a file belongs to one test.
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class RecordedModel implements ModelClient {
    /** The system property with which answers are recorded. */
    public static final String RECORD = "clew.record";

    private static final TypeRef<Line> LINE = TypeRef.of(Line.class);

    private final Path file;
    private final ModelClient real;
    private final boolean isRecording;
    private final Map<String, AiMessage> answers = new LinkedHashMap<>();
    private final JsonCodec codec = JsonCodec.standard();

    /** A line of the file. */
    record Line(String key, AiMessage answer) {}

    private RecordedModel(Path file, ModelClient real, boolean isRecording) {
        this.file = file;
        this.real = real;
        this.isRecording = isRecording;
        read();
    }

    /** Returns the model with a file, which records if the system property {@value #RECORD} is set. */
    public static RecordedModel of(Path file, ModelClient real) {
        return new RecordedModel(file, real, System.getProperty(RECORD) != null);
    }

    /** Returns the model with a file, which records what the file does not have. */
    public static RecordedModel recording(Path file, ModelClient real) {
        return new RecordedModel(file, real, true);
    }

    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    Line read = codec.decode(line.getBytes(StandardCharsets.UTF_8), LINE);
                    answers.put(read.key(), read.answer());
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the recording " + file + " cannot be read", failed);
        }
    }

    @Override
    public ModelProfile profile() {
        return real.profile();
    }

    @Override
    public AiMessage call(ModelRequest request, ModelCall call) throws Exception {
        String key = key(request);
        AiMessage known = answer(key);
        if (known != null) {
            if (call.isStreamed()) {
                call.emit(MessageChunk.text(known.text()));
                call.emit(MessageChunk.end(known.usage()));
            }
            return known;
        }
        if (!isRecording) {
            throw new AssertionError("the recording " + file + " has no answer to a request of "
                    + request.messages().size() + " messages (key " + key + "); run the test with -D" + RECORD
                    + " to ask the model, and look at what has changed");
        }
        AiMessage answer = real.call(request, call);
        write(key, answer);
        return answer;
    }

    private synchronized @Nullable AiMessage answer(String key) {
        return answers.get(key);
    }

    private synchronized void write(String key, AiMessage answer) throws IOException {
        answers.put(key, answer);
        List<String> lines = new ArrayList<>();
        answers.forEach((each, said) ->
                lines.add(new String(codec.encode(new Line(each, said), LINE), StandardCharsets.UTF_8)));
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, lines);
    }

    // --- the digest ---

    private String key(ModelRequest request) {
        Map<String, String> calls = new HashMap<>();
        List<String> parts = new ArrayList<>();
        parts.add(String.valueOf(request.systemPrompt()));
        request.messages().forEach(message -> parts.add(SortedForm.of(plain(message, calls))));
        request.tools().forEach(tool -> parts.add(SortedForm.of(tool)));
        parts.add(SortedForm.of(request.toolChoice()) + " " + request.parallelToolCalls() + " "
                + SortedForm.of(request.outputFormat()) + " " + SortedForm.of(request.settings()) + " "
                + SortedForm.of(request.extra()));
        return MessageIds.of(MessageIds.of(digests(parts)));
    }

    /** Long texts are digested one by one. */
    private static String[] digests(List<String> parts) {
        return parts.stream()
                .map(part -> part.length() > 10_000
                        ? part.substring(0, 5_000) + part.hashCode() + part.substring(part.length() - 5_000)
                        : part)
                .toArray(String[]::new);
    }

    /** What a message says, with calls numbered in their order in place of their ids. */
    private static List<Object> plain(Message message, Map<String, String> calls) {
        List<Object> parts = new ArrayList<>();
        parts.add(message.getClass().getSimpleName());
        parts.add(message.content());
        if (message instanceof AiMessage answer) {
            for (ToolCall call : answer.toolCalls()) {
                parts.add(calls.computeIfAbsent(call.id(), id -> "call " + calls.size()));
                parts.add(call.name());
                parts.add(call.args());
            }
        }
        if (message instanceof ToolMessage result) {
            parts.add(calls.getOrDefault(result.toolCallId(), "unknown"));
            parts.add(result.status().name());
        }
        return parts;
    }
}
