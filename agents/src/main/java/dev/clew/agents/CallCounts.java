package dev.clew.agents;

import dev.clew.annotations.Reducer;
import dev.clew.messages.AiMessage;
import dev.clew.messages.MessageUpdate;
import dev.clew.messages.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What models did: a component of the state, so that what is removed from the conversation counts, too.
 *
 * @param answers how often the model was asked in all runs of the thread
 * @param run how often it called each tool in this run, by the names that it wrote
 * @param thread the same in all runs of the thread
 */
record CallCounts(int answers, Map<String, Integer> run, Map<String, Integer> thread) {
    static final CallCounts NONE = new CallCounts(0, Map.of(), Map.of());

    CallCounts {
        run = Map.copyOf(run);
        thread = Map.copyOf(thread);
    }

    /**
     * What happened.
     *
     * @param isRun whether a run begins
     * @param answers how often the model was asked
     * @param calls the tools that it called, one by one
     */
    record Update(boolean isRun, int answers, List<String> calls) {
        static final Update RUN = new Update(true, 0, List.of());

        Update {
            calls = List.copyOf(calls);
        }

        /** Calls in these messages, but those that are known. */
        static Update of(int answers, List<MessageUpdate> added, Set<String> known) {
            return new Update(
                    false,
                    answers,
                    added.stream()
                            .filter(AiMessage.class::isInstance)
                            .flatMap(answer -> ((AiMessage) answer).toolCalls().stream())
                            .filter(call -> !known.contains(call.id()))
                            .map(ToolCall::name)
                            .toList());
        }

        boolean isEmpty() {
            return answers == 0 && calls.isEmpty();
        }
    }

    /** Adds up. */
    enum Reducing implements Reducer<CallCounts, Update> {
        ONLY;

        @Override
        public CallCounts identity() {
            return NONE;
        }

        @Override
        public CallCounts apply(CallCounts current, Update update) {
            return new CallCounts(
                    current.answers + update.answers,
                    plus(update.isRun ? Map.of() : current.run, update.calls),
                    plus(current.thread, update.calls));
        }

        private static Map<String, Integer> plus(Map<String, Integer> counts, List<String> calls) {
            Map<String, Integer> all = new TreeMap<>(counts);
            calls.forEach(name -> all.merge(name, 1, Integer::sum));
            return all;
        }
    }
}
