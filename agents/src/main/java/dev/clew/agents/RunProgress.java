package dev.clew.agents;

import dev.clew.messages.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a run of an agent is: a component of its state, which each input sets back.
 *
 * @param from how many messages there were when the model was first asked, less those that hooks removed; negative before that
 * @param modelCalls how often it was asked
 * @param end how the run ended; null while it runs
 * @param isSentBack whether a hook sent the run to the model: it is asked then, whatever the last answer says
 */
record RunProgress(int from, int modelCalls, @Nullable End end, boolean isSentBack) {
    /** Of an agent that is a node of a graph, and begins with that graph's conversation. */
    static final RunProgress START = new RunProgress(-1, 0, null, false);

    /** Of a run of its own: its input was filtered before it was stored. */
    static final RunProgress START_BY_INPUT = new RunProgress(-2, 0, null, false);

    boolean isStart() {
        return from < 0;
    }

    /** Whether the conversation is that of earlier runs, and an input that is filtered. */
    boolean isStartByInput() {
        return from == START_BY_INPUT.from;
    }

    RunProgress asked(int messages) {
        return new RunProgress(begun(messages).from, modelCalls + 1, null, false);
    }

    RunProgress begun(int messages) {
        return new RunProgress(isStart() ? messages : from, modelCalls, null, isSentBack);
    }

    /** The same, of a run that a hook keeps from its end. */
    RunProgress resumed() {
        return new RunProgress(from, modelCalls, null, false);
    }

    /** The same, of a run that a hook sends to the model. */
    RunProgress sentBack() {
        return new RunProgress(from, modelCalls, null, true);
    }

    RunProgress ended(End how) {
        return new RunProgress(from, modelCalls, how, false);
    }

    /** The same, of a run whose messages a hook changed: it begins behind what is left of the conversation before it. */
    RunProgress moved(List<Message> before, List<Message> after) {
        Set<@Nullable String> earlier = ids(before.subList(0, Math.min(from, before.size())));
        Set<@Nullable String> own = ids(before.subList(Math.min(from, before.size()), before.size()));
        int begin = 0;
        for (int i = after.size() - 1; i >= 0 && begin == 0; i--) {
            begin = earlier.contains(after.get(i).id()) ? i + 1 : 0;
        }
        for (int i = 0; i < after.size() && begin == 0; i++) {
            begin = own.contains(after.get(i).id()) ? i : 0;
        }
        return begin == from ? this : new RunProgress(begin, modelCalls, end, isSentBack);
    }

    private static Set<@Nullable String> ids(List<Message> messages) {
        Set<@Nullable String> ids = new HashSet<>();
        messages.forEach(message -> ids.add(message.id()));
        return ids;
    }
}
