package dev.clew.samples.guides;

import dev.clew.annotations.Entrypoint;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.Workflow;
import dev.clew.samples.guides.OrderFlow.Offer;
import java.util.List;

/** Calls a workflow of another class. */
public class PartyFlow {
    private final Workflow<List<String>, Offer> fastest;

    public PartyFlow(Workflow<List<String>, Offer> fastest) {
        this.fastest = fastest;
    }

    @Entrypoint
    int prepare(List<String> shops, Run run) {
        Offer cake = run.invoke(fastest, shops);
        Offer wine = run.child(fastest)
                .on(RunConfig.thread(run.threadId() + "-wine"))
                .start(shops)
                .join();
        return cake.euros() + wine.euros();
    }
}
