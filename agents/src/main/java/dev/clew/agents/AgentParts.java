package dev.clew.agents;

import dev.clew.graph.StateSpec;
import dev.clew.messages.AiMessage;
import dev.clew.messages.Message;
import dev.clew.messages.Usage;
import dev.clew.model.ModelClient;
import dev.clew.model.ModelRequest;
import dev.clew.model.ToolChoice;
import dev.clew.model.ToolSpec;
import dev.clew.tools.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an agent was built of, as its nodes use it. Immutable.
 *
 * @param name the agent's name
 * @param model the model
 * @param step how it is called
 * @param prompt makes the system prompt
 * @param tools the tools
 * @param modelWrappers what stands around calls of the model
 * @param limits how often it may be asked
 * @param budgets what that may cost
 * @param pricing what tokens cost; null if money is not counted
 * @param chosen chooses the model by the state; null for always the same
 * @param parallelToolCalls whether the model may call several tools at once; null leaves that to its provider
 * @param output the typed output; null for text
 * @param spec the state
 */
record AgentParts(
        String name,
        ModelClient model,
        ModelStep step,
        @Nullable Prompt prompt,
        Toolbox tools,
        List<ModelWrapper> modelWrappers,
        List<Hooks.CallLimit> limits,
        List<SpendingLimit> budgets,
        @Nullable Pricing pricing,
        @Nullable Function<? super AgentState, ? extends ModelClient> chosen,
        @Nullable Boolean parallelToolCalls,
        @Nullable OutputForm<?> output,
        StateSpec<AgentState> spec) {
    /** Makes the system prompt. */
    @FunctionalInterface
    interface Prompt {
        String of(AgentState state, HookRun run);
    }

    /**
     * What is inside of a wrapper: the wrappers behind it, and a model.
     *
     * @param parts of what agent
     * @param meter calls models
     * @param hook what wrappers know and may do
     * @param at the first wrapper inside
     * @param model the agent's own, or that which a wrapper outside named
     */
    record Inside(AgentParts parts, Meter meter, HookRun hook, int at, ModelClient model) implements ModelWrapper.Next {
        @Override
        public AiMessage call(ModelRequest request) throws Throwable {
            return call(model, request);
        }

        @Override
        public AiMessage call(ModelClient other, ModelRequest request) throws Throwable {
            return at == parts.modelWrappers().size()
                    ? meter.call(other, request)
                    : parts.modelWrappers().get(at).call(request, hook, new Inside(parts, meter, hook, at + 1, other));
        }

        @Override
        public AiMessage aside(String step, ModelRequest request) {
            return meter.aside(step, model, request);
        }
    }

    /** The same cost, with money by our prices if it has none: an agent that is a tool may have no prices. */
    Cost priced(Cost cost) {
        return pricing == null || cost.money().signum() != 0 || cost.usage().equals(Usage.NONE)
                ? cost
                : cost.plus(new Cost(Usage.NONE, 0, pricing.of(model.profile().model(), cost.usage())));
    }

    /** What changes texts before they are stored. */
    TextFilters filters() {
        return step.filters();
    }

    /** The model that is asked in this state. */
    ModelClient model(AgentState state) {
        return chosen == null ? model : chosen.apply(state);
    }

    ModelRequest request(List<Message> messages, AgentState state, HookRun run) {
        List<ToolSpec> specs = new ArrayList<>(tools.specs());
        ModelRequest request = ModelRequest.of(messages).withParallelToolCalls(parallelToolCalls);
        if (prompt != null) {
            request = request.withSystemPrompt(prompt.of(state, run));
        }
        if (output != null && output.isByTool()) {
            specs.add(output.tool().spec());
        } else if (output != null) {
            request = request.withOutputFormat(output.format());
        }
        return request.withTools(specs);
    }

    /** The same request, of a model that answered in words and must call the tool of the output. */
    ModelRequest insisting(ModelRequest request, OutputForm<?> form) {
        String reminder = "Give your final answer by calling '" + form.name() + "'.";
        String before = request.systemPrompt();
        ModelRequest reminded = request.withSystemPrompt(before == null ? reminder : before + "\n\n" + reminder);
        return model.profile().forcedToolChoice() ? reminded.withToolChoice(ToolChoice.named(form.name())) : reminded;
    }
}
