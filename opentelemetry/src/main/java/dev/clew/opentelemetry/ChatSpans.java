package dev.clew.opentelemetry;

import dev.clew.messages.AiMessage;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelProfile;
import dev.clew.model.ModelRequest;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/** Calls of models as spans, below the step that makes them. */
record ChatSpans(Tracer tracer, Dialect dialect) {
    ModelClient around(ModelClient model) {
        return new TracedModel(model);
    }

    private final class TracedModel implements ModelClient {
        private final ModelClient model;

        TracedModel(ModelClient model) {
            this.model = model;
        }

        @Override
        public ModelProfile profile() {
            return model.profile();
        }

        @Override
        @SuppressWarnings("try") // the scope is only to be closed
        public AiMessage call(ModelRequest request, ModelCall call) throws Exception {
            Span span = begin();
            dialect.asked(span, request.systemPrompt(), request.messages());
            try (Scope unused = span.makeCurrent()) {
                AiMessage answer = model.call(request, call);
                dialect.answered(span, answer);
                return answer;
            } catch (Throwable failed) {
                span.setAttribute(Names.ERROR_TYPE, failed.getClass().getName()).setStatus(StatusCode.ERROR);
                throw failed;
            } finally {
                span.end();
            }
        }

        private Span begin() {
            ModelProfile profile = model.profile();
            SpanBuilder span = tracer.spanBuilder(profile.model().isEmpty() ? "chat" : "chat " + profile.model())
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute(Names.OPERATION, "chat");
            if (!profile.model().isEmpty()) {
                span.setAttribute(Names.REQUEST_MODEL, profile.model());
            }
            if (!profile.provider().isEmpty()) {
                span.setAttribute(Names.PROVIDER, profile.provider());
            }
            dialect.begins(span, Dialect.Kind.CHAT, Conversation.current(), "chat");
            return span.startSpan();
        }
    }
}
