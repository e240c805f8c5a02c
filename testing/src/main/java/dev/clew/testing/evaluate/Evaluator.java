package dev.clew.testing.evaluate;

import dev.clew.json.JsonCodec;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.MessageChunk;
import dev.clew.messages.ToolCall;
import dev.clew.messages.Trajectory;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelRequest;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges one run of an example.
 *
 * <pre>{@code
 * Evaluator brief = (example, run) -> run.lastText().orElse("").length() < 200 ? Score.pass() : Score.fail("too long");
 * }</pre>
 */
@FunctionalInterface
public interface Evaluator {
    /** Judges a run. */
    Score judge(Example example, Trajectory run) throws Exception;

    /** The answer is the expected text, apart from blanks around it. */
    static Evaluator exact() {
        return (example, run) -> {
            String expected = example.expected();
            if (expected == null) {
                return Score.fail("the example has no 'expected'");
            }
            String said = run.lastText().orElse("").strip();
            return said.equals(expected.strip()) ? Score.pass() : Score.fail("said: " + said);
        };
    }

    /** The answer is JSON of this type. */
    static Evaluator schema(Class<?> type) {
        return schema(TypeRef.of(type));
    }

    /** {@link #schema(Class)} for a type with type arguments. */
    static Evaluator schema(TypeRef<?> type) {
        JsonCodec codec = JsonCodec.standard();
        return (example, run) -> {
            try {
                codec.decode(run.lastText().orElse("").getBytes(StandardCharsets.UTF_8), type);
                return Score.pass();
            } catch (CodecException unfit) {
                return Score.fail(String.valueOf(unfit.getMessage()));
            }
        };
    }

    /** It called the tools of the example, in their order and no others. */
    static Evaluator trajectory() {
        return (example, run) -> {
            List<String> expected = example.tools();
            if (expected == null) {
                return Score.fail("the example has no 'tools'");
            }
            List<String> called = run.toolCalls().stream().map(ToolCall::name).toList();
            return called.equals(expected) ? Score.pass() : Score.fail("called " + called);
        };
    }

    /**
     * A model judges the answer by a rubric: it must begin its answer with a number from 0 to 10.
     *
     * @param rubric what a good answer is
     */
    static Evaluator judge(ModelClient model, String rubric) {
        return (example, run) -> {
            String asked =
                    "Judge an answer by this rubric: " + rubric + "\nWrite a number from 0 to 10 first, then why.\n\n"
                            + "Question: " + example.input()
                            + (example.expected() == null ? "" : "\nExpected: " + example.expected())
                            + "\nAnswer: " + run.lastText().orElse("");
            AiMessage verdict = model.call(ModelRequest.of(List.of(Message.user(asked))), new Quiet());
            String text = verdict.text().strip();
            Matcher number = Quiet.NUMBER.matcher(text);
            if (!number.lookingAt()) {
                return Score.fail("the judge wrote no number first: " + text);
            }
            double value = Double.parseDouble(number.group(1)) / 10;
            return value <= 1 ? new Score(value, text) : Score.fail("the judge wrote a number above 10: " + text);
        };
    }

    /** A call that nobody streams. */
    final class Quiet implements ModelCall {
        /** The number with which a judge begins, which may be marked, or have a word like {@code Score:} before it. */
        private static final Pattern NUMBER =
                Pattern.compile("[*_#\\s]*(?:[A-Za-z]+[*_\\s]*[:=])?[*_\\s]*([0-9]+(?:\\.[0-9]+)?)");

        private Quiet() {}

        @Override
        public boolean isStreamed() {
            return false;
        }

        @Override
        public void emit(MessageChunk chunk) {
            // no reader
        }

        @Override
        public void onCancel(Runnable close) {
            // it is never cancelled
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public String idempotencyKey() {
            return "judge";
        }
    }
}
