package dev.clew.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each call by the next script, on a thread of its own, as a model over the network does. */
final class ScriptedModel implements StreamingChatModel {
    private final List<Script> scripts;
    private final AtomicInteger calls = new AtomicInteger();

    ScriptedModel(Script... scripts) {
        this.scripts = List.of(scripts);
    }

    /** What one call does. */
    interface Script {
        void play(Line line) throws Exception;
    }

    /** The line to whoever called. */
    static final class Line implements StreamingHandle {
        private final StreamingChatResponseHandler handler;
        private final CountDownLatch closed = new CountDownLatch(1);

        Line(StreamingChatResponseHandler handler) {
            this.handler = handler;
        }

        Line say(String token) {
            handler.onPartialResponse(new PartialResponse(token), new PartialResponseContext(this));
            return this;
        }

        void end(String whole) {
            handler.onCompleteResponse(
                    ChatResponse.builder().aiMessage(AiMessage.from(whole)).build());
        }

        void fail(Throwable failure) {
            handler.onError(failure);
        }

        void awaitClosed() throws InterruptedException {
            closed.await();
        }

        @Override
        public void cancel() {
            closed.countDown();
        }

        @Override
        public boolean isCancelled() {
            return closed.getCount() == 0;
        }
    }

    int calls() {
        return calls.get();
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Script script = scripts.get(calls.getAndIncrement());
        Thread upstream = new Thread(
                () -> {
                    try {
                        script.play(new Line(handler));
                    } catch (Exception broken) {
                        handler.onError(broken);
                    }
                },
                "scripted-model");
        upstream.setDaemon(true);
        upstream.start();
    }
}
