package dev.clew.samples.served;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.client.RemoteWorkflow;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.RunStream;
import dev.clew.queue.Worker;
import dev.clew.samples.essay.EssayFlow;
import dev.clew.samples.essay.EssayFlow.Essay;
import dev.clew.samples.essay.EssayFlow.Verdict;
import dev.clew.samples.essay.EssayFlowGraph;
import dev.clew.server.AgentServer;
import dev.clew.stream.StreamEvent;
import dev.clew.stream.StreamMode;

/**
 * A workflow of a server, called from Java: answered, streamed, and inside another workflow and a graph whose callers answer what
 * the server asks.
 */
public final class RemoteSample {
    private RemoteSample() {}

    public static void main(String... args) {
        try (var essays = EssayFlowGraph.builder(new EssayFlow(new OfflineWriter()))
                        .checkpointer(Checkpointer.inMemory())
                        .worker(Worker.of("default"))
                        .build();
                var server = AgentServer.builder().graph(essays).port(0).start()) {
            RemoteWorkflow<String, Essay> write = remote(server.uri().toString());
            System.out.println(answered(write));
            System.out.println(streamed(write));
            System.out.println(inABody(write));
            System.out.println(inAGraph(write));
        }
    }

    static RemoteWorkflow<String, Essay> remote(String url) {
        return RemoteWorkflow.builder(url, "EssayFlow.write", String.class, Essay.class)
                .question(EssayFlow.REVIEW)
                .build();
    }

    /** The editor approves what the server's workflow has drafted. */
    static String answered(RemoteWorkflow<String, Essay> write) {
        RunConfig thread = RunConfig.thread("essay-1");
        RunResult<Essay> result = write.invoke("rain", thread);
        if (result instanceof RunResult.Interrupted<Essay> pause) {
            var question = pause.only(EssayFlow.REVIEW);
            System.out.println("The server asks: " + question.value().text());
            result = write.invoke(question.answer(new Verdict(true, "")), thread);
        }
        return result.value().text();
    }

    /** What the server's workflow does, as it does it. */
    static String streamed(RemoteWorkflow<String, Essay> write) {
        int updates = 0;
        try (RunStream<Essay> stream = write.stream("snow", RunConfig.thread("essay-2"), StreamMode.UPDATES)) {
            for (StreamEvent event : stream) {
                if (event instanceof StreamEvent.Update update) {
                    System.out.println(update.name() + " gave " + update.value());
                    updates++;
                }
            }
        }
        return updates + " steps on the server";
    }

    /** The magazine's own workflow asks what the server's asks. */
    static String inABody(RemoteWorkflow<String, Essay> write) {
        try (var magazine = MagazineGraph.builder(new Magazine(write))
                .checkpointer(Checkpointer.inMemory())
                .listener(write.cancelWithCaller())
                .build()) {
            RunConfig issue = RunConfig.once("issue-7");
            RunResult<String> result = magazine.issue().invoke("wind", issue);
            if (result instanceof RunResult.Interrupted<String> pause) {
                var question = pause.only(EssayFlow.REVIEW);
                result = magazine.issue().invoke(question.answer(new Verdict(false, "It blows.")), issue);
            }
            if (result instanceof RunResult.Interrupted<String> pause) {
                var question = pause.only(EssayFlow.REVIEW);
                result = magazine.issue().invoke(question.answer(new Verdict(true, "")), issue);
            }
            return result.value();
        }
    }

    /** The almanac's graph has it as a node, and asks what it asks. */
    static String inAGraph(RemoteWorkflow<String, Essay> write) {
        try (var almanac = AlmanacGraph.builder(new Almanac(write))
                .checkpointer(Checkpointer.inMemory())
                .build()) {
            RunConfig year = RunConfig.thread("year-8");
            RunResult<String> result = almanac.workflow().invoke("mist", year);
            if (result instanceof RunResult.Interrupted<String> pause) {
                var question = pause.only(EssayFlow.REVIEW);
                result = almanac.workflow().invoke(question.answer(new Verdict(true, "")), year);
            }
            return result.value();
        }
    }
}
