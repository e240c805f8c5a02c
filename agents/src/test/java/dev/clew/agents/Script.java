package dev.clew.agents;

import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.model.ModelCall;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelProfile;
import dev.clew.model.ModelRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A model that says what a test wrote: which answer depends on how many of its answers are in the conversation, so that it is the
 * same after a crash.
 */
final class Script implements ModelClient {
    private final List<AiMessage> answers;
    private final ModelProfile profile;
    private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();

    private Script(List<AiMessage> answers, ModelProfile profile) {
        this.answers = answers;
        this.profile = profile;
    }

    static Script of(AiMessage... answers) {
        return new Script(Arrays.asList(answers), ModelProfile.unknown());
    }

    Script with(ModelProfile other) {
        return new Script(answers, other);
    }

    static AiMessage says(String text) {
        return Message.ai(text);
    }

    static AiMessage calls(ToolCall... calls) {
        return Message.ai(calls);
    }

    static ToolCall call(String id, String name, Object... args) {
        Map<String, Object> map = new java.util.LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            map.put((String) args[i], args[i + 1]);
        }
        return ToolCall.of(id, name, map);
    }

    @Override
    public AiMessage call(ModelRequest request, ModelCall call) {
        requests.add(request);
        long said =
                request.messages().stream().filter(AiMessage.class::isInstance).count();
        if (said >= answers.size()) {
            throw new IllegalStateException(
                    "the script has no answer number " + (said + 1) + ": " + request.messages());
        }
        return answers.get((int) said);
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    List<ModelRequest> requests() {
        return requests;
    }

    ModelRequest lastRequest() {
        return requests.get(requests.size() - 1);
    }
}
