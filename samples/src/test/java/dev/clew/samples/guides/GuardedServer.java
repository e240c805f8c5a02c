package dev.clew.samples.guides;

import dev.clew.Graph;
import dev.clew.checkpoint.Checkpointer;
import dev.clew.queue.Worker;
import dev.clew.samples.guides.OrderFlow.Buyer;
import dev.clew.server.AgentServer;
import dev.clew.server.auth.Authenticator;
import dev.clew.server.auth.Decision;

/** The server of the guide on servers whose callers see their own threads only. */
final class GuardedServer {
    private GuardedServer() {}

    static AgentServer start(Graph essays, String key) {
        return AgentServer.builder()
                .graph(essays)
                .authenticator(Authenticator.apiKey(key))
                .authorizer((who, operation, value) -> Decision.only("owner", who.identity()))
                .host("0.0.0.0")
                .start();
    }

    /** A graph whose context comes with each request. */
    static OrderFlowGraph orders(Checkpointer store) {
        return OrderFlowGraph.builder(new OrderFlow())
                .context(Buyer.class, run -> run.get("context", Buyer.class))
                .checkpointer(store)
                .worker(Worker.of("default"))
                .build();
    }
}
