package dev.clew.langchain4j;

import dev.clew.messages.MessageChunk;
import dev.clew.model.ModelCall;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A call of a model that keeps the pieces of the answer. */
final class RecordedCall implements ModelCall {
    final List<MessageChunk> pieces = new CopyOnWriteArrayList<>();
    final List<Runnable> closers = new CopyOnWriteArrayList<>();
    private final boolean isStreamed;

    RecordedCall(boolean isStreamed) {
        this.isStreamed = isStreamed;
    }

    @Override
    public boolean isStreamed() {
        return isStreamed;
    }

    @Override
    public void emit(MessageChunk chunk) {
        pieces.add(chunk);
    }

    @Override
    public void onCancel(Runnable close) {
        closers.add(close);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String idempotencyKey() {
        return "key";
    }
}
