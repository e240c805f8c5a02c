package dev.clew.agents;

import dev.clew.messages.Message;
import dev.clew.value.CodecException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the result of a run of its last state. */
final class Results {
    private Results() {}

    static AgentResult<?> of(AgentState state, @Nullable OutputForm<?> form) {
        End end = FoldedState.progress(state).end();
        End how = end == null ? End.JUMPED : end;
        List<Message> messages = state.messagesOfRun();
        Object output = form == null ? text(messages, how) : structured((FoldedState) state, form);
        return new AgentResult<>(
                output, how, messages, ((FoldedState) state).spending().run());
    }

    private static @Nullable Object text(List<Message> messages, End end) {
        boolean isAnswer = end == End.ANSWERED || end == End.RETURN_DIRECT;
        return isAnswer && !messages.isEmpty()
                ? messages.get(messages.size() - 1).text()
                : null;
    }

    /** An output that was stored by code that read it otherwise is none. */
    private static @Nullable Object structured(FoldedState state, OutputForm<?> form) {
        Object structured = state.structured();
        try {
            return structured == null ? null : form.read(structured);
        } catch (CodecException unfit) {
            return null;
        }
    }
}
