package dev.clew.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/** The names of attributes: OpenTelemetry's where there is a convention, and our own below {@code clew}. */
final class Names {
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> CONVERSATION = AttributeKey.stringKey("gen_ai.conversation.id");
    static final AttributeKey<String> WORKFLOW_NAME = AttributeKey.stringKey("gen_ai.workflow.name");
    static final AttributeKey<String> TOOL_NAME = AttributeKey.stringKey("gen_ai.tool.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<String> RESPONSE_MODEL = AttributeKey.stringKey("gen_ai.response.model");
    static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<String> INPUT_MESSAGES = AttributeKey.stringKey("gen_ai.input.messages");
    static final AttributeKey<String> OUTPUT_MESSAGES = AttributeKey.stringKey("gen_ai.output.messages");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    static final AttributeKey<String> WORKFLOW = AttributeKey.stringKey("clew.workflow");
    static final AttributeKey<String> THREAD = AttributeKey.stringKey("clew.thread");
    static final AttributeKey<String> RUN = AttributeKey.stringKey("clew.run");
    static final AttributeKey<String> STEP = AttributeKey.stringKey("clew.step");
    static final AttributeKey<String> STEP_NAME = AttributeKey.stringKey("clew.step.name");
    static final AttributeKey<String> KIND = AttributeKey.stringKey("clew.step.kind");
    static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("clew.step.attempt");
    static final AttributeKey<String> STATUS = AttributeKey.stringKey("clew.status");
    static final AttributeKey<Boolean> RESUMED = AttributeKey.booleanKey("clew.resumed");

    static final AttributeKey<String> QUEUE = AttributeKey.stringKey("clew.queue");
    static final AttributeKey<String> STATE = AttributeKey.stringKey("clew.state");
    static final AttributeKey<String> SWEEP = AttributeKey.stringKey("clew.sweep");

    static final AttributeKey<String> LANGFUSE_SESSION = AttributeKey.stringKey("langfuse.session.id");
    static final AttributeKey<String> LANGFUSE_TRACE = AttributeKey.stringKey("langfuse.trace.name");
    static final AttributeKey<String> LANGFUSE_TYPE = AttributeKey.stringKey("langfuse.observation.type");
    static final AttributeKey<String> LANGFUSE_MODEL = AttributeKey.stringKey("langfuse.observation.model.name");
    static final AttributeKey<String> LANGFUSE_INPUT = AttributeKey.stringKey("langfuse.observation.input");
    static final AttributeKey<String> LANGFUSE_OUTPUT = AttributeKey.stringKey("langfuse.observation.output");

    static final AttributeKey<String> INFERENCE_KIND = AttributeKey.stringKey("openinference.span.kind");
    static final AttributeKey<String> INFERENCE_SESSION = AttributeKey.stringKey("session.id");
    static final AttributeKey<String> INFERENCE_MODEL = AttributeKey.stringKey("llm.model_name");
    static final AttributeKey<Long> INFERENCE_PROMPT = AttributeKey.longKey("llm.token_count.prompt");
    static final AttributeKey<Long> INFERENCE_COMPLETION = AttributeKey.longKey("llm.token_count.completion");
    static final AttributeKey<String> INFERENCE_INPUT = AttributeKey.stringKey("input.value");
    static final AttributeKey<String> INFERENCE_OUTPUT = AttributeKey.stringKey("output.value");

    private Names() {}
}
