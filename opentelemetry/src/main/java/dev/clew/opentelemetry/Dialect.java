package dev.clew.opentelemetry;

import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.Usage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the same facts by the names of each backend. */
record Dialect(Set<Backend> backends, boolean content) {
    Dialect {
        backends = Set.copyOf(backends);
    }

    /** What a span is, in the words of each backend. */
    enum Kind {
        RUN("chain", "CHAIN"),
        STEP("span", "CHAIN"),
        TOOL("tool", "TOOL"),
        CHAT("generation", "LLM");

        private final String langfuse;
        private final String openInference;

        Kind(String langfuse, String openInference) {
            this.langfuse = langfuse;
            this.openInference = openInference;
        }
    }

    void begins(SpanBuilder span, Kind kind, @Nullable String thread, String trace) {
        if (thread != null && !thread.isEmpty()) {
            span.setAttribute(Names.CONVERSATION, thread);
        }
        if (backends.contains(Backend.LANGFUSE)) {
            span.setAttribute(Names.LANGFUSE_TYPE, kind.langfuse);
            if (thread != null && !thread.isEmpty()) {
                span.setAttribute(Names.LANGFUSE_SESSION, thread);
            }
            if (kind == Kind.RUN) {
                span.setAttribute(Names.LANGFUSE_TRACE, trace);
            }
        }
        if (backends.contains(Backend.OPENINFERENCE)) {
            span.setAttribute(Names.INFERENCE_KIND, kind.openInference);
            if (thread != null && !thread.isEmpty()) {
                span.setAttribute(Names.INFERENCE_SESSION, thread);
            }
        }
    }

    /** What a model was asked; nothing unless content is wanted. */
    void asked(Span span, @Nullable String systemPrompt, List<Message> messages) {
        if (!content) {
            return;
        }
        String text = (systemPrompt == null ? "" : "system: " + systemPrompt + "\n")
                + messages.stream()
                        .map(message -> message.getClass().getSimpleName() + ": " + message.text())
                        .collect(Collectors.joining("\n"));
        span.setAttribute(Names.INPUT_MESSAGES, text);
        if (backends.contains(Backend.LANGFUSE)) {
            span.setAttribute(Names.LANGFUSE_INPUT, text);
        }
        if (backends.contains(Backend.OPENINFERENCE)) {
            span.setAttribute(Names.INFERENCE_INPUT, text);
        }
    }

    /** What it answered. */
    void answered(Span span, AiMessage answer) {
        String model = answer.modelName();
        if (model != null) {
            span.setAttribute(Names.RESPONSE_MODEL, model);
            if (backends.contains(Backend.LANGFUSE)) {
                span.setAttribute(Names.LANGFUSE_MODEL, model);
            }
            if (backends.contains(Backend.OPENINFERENCE)) {
                span.setAttribute(Names.INFERENCE_MODEL, model);
            }
        }
        if (answer.rawFinishReason() != null) {
            span.setAttribute(Names.FINISH_REASONS, List.of(answer.rawFinishReason()));
        }
        Usage usage = answer.usage();
        if (usage != null) {
            span.setAttribute(Names.INPUT_TOKENS, usage.input());
            span.setAttribute(Names.OUTPUT_TOKENS, usage.output());
            if (backends.contains(Backend.OPENINFERENCE)) {
                span.setAttribute(Names.INFERENCE_PROMPT, usage.input());
                span.setAttribute(Names.INFERENCE_COMPLETION, usage.output());
            }
        }
        if (content) {
            span.setAttribute(Names.OUTPUT_MESSAGES, answer.text());
            if (backends.contains(Backend.LANGFUSE)) {
                span.setAttribute(Names.LANGFUSE_OUTPUT, answer.text());
            }
            if (backends.contains(Backend.OPENINFERENCE)) {
                span.setAttribute(Names.INFERENCE_OUTPUT, answer.text());
            }
        }
    }
}
