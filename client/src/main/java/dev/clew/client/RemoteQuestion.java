package dev.clew.client;

import dev.clew.client.wire.Doc;
import dev.clew.interrupt.InterruptKey;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question that a server's run asks. */
final class RemoteQuestion extends PendingInterrupt<Object, @Nullable Object> {
    private RemoteQuestion(Question question, Codec codec) {
        super(question, codec);
    }

    /**
     * Reads a question.
     *
     * @param keys the questions that the workflow is known to ask
     */
    static RemoteQuestion of(Doc item, Codec codec, List<InterruptKey<?, ?>> keys) {
        Doc value = item.has("value") ? item.get("value") : item.get("payload");
        String name = name(item, value, codec, keys);
        Doc schema = item.get("response_schema");
        return new RemoteQuestion(
                new Question(
                        item.text("id").orElse(""),
                        name,
                        name,
                        value.json(),
                        keys.stream()
                                .filter(key -> key.name().equals(name))
                                .findFirst()
                                .map(key -> key.answerType().toString())
                                .orElse("java.lang.Object"),
                        schema.isNull() ? null : schema.jsonText(),
                        item.time("deadline").orElse(null),
                        List.of()),
                codec);
    }

    /** LangGraph's servers do not name questions; then it is the first known one whose type the value has. */
    private static String name(Doc item, Doc value, Codec codec, List<InterruptKey<?, ?>> keys) {
        return item.text("name")
                .orElseGet(() -> keys.stream()
                        .filter(key -> fits(value, codec, key))
                        .findFirst()
                        .map(InterruptKey::name)
                        .orElse("interrupt"));
    }

    private static boolean fits(Doc value, Codec codec, InterruptKey<?, ?> key) {
        try {
            return codec.decode(value.json(), key.questionType()) != null;
        } catch (CodecException other) {
            return false;
        }
    }
}
