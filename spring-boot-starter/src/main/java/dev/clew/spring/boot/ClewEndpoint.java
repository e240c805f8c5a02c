package dev.clew.spring.boot;

import dev.clew.Graph;
import dev.clew.flow.Workflow;
import dev.clew.queue.QueueState;
import dev.clew.queue.RequestState;
import dev.clew.spring.ClewProperties.WorkerProperties;
import dev.clew.verify.VerifyReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** {@code /actuator/clew}: the graphs and queues; {@code /actuator/clew/GRAPH}: whether its code fits the stored threads. */
@Endpoint(id = "clew")
final class ClewEndpoint {
    private final SpringGraphs graphs;
    private final List<WorkerProperties> workers;

    ClewEndpoint(SpringGraphs graphs, List<WorkerProperties> workers) {
        this.graphs = graphs;
        this.workers = workers;
    }

    /** All that there is. */
    record Overview(List<GraphView> graphs, List<QueueView> queues) {}

    /** A graph. */
    record GraphView(String name, List<String> workflows) {}

    /** A queue that this process works on. */
    record QueueView(
            String name,
            Map<String, Long> requests,
            @Nullable Instant oldest,
            int workers) {}

    /** Whether a graph's code fits the threads that are stored. */
    record Verified(String graph, boolean fits, String report) {}

    @ReadOperation
    Overview overview() {
        return new Overview(
                graphs.all().stream().map(ClewEndpoint::view).toList(),
                workers.stream()
                        .map(WorkerProperties::queue)
                        .flatMap(this::queue)
                        .toList());
    }

    /** Replays copies of all unfinished runs; null, which is answered with 404, if there is no such graph. */
    @ReadOperation
    @Nullable
    Verified verify(@Selector String graph) {
        return graphs.all().stream()
                .filter(each -> each.getClass().getSimpleName().equals(graph))
                .findFirst()
                .map(ClewEndpoint::verified)
                .orElse(null);
    }

    private static Verified verified(Graph graph) {
        VerifyReport report = graph.verify();
        return new Verified(graph.getClass().getSimpleName(), report.exitCode() == 0, report.text());
    }

    private static GraphView view(Graph graph) {
        return new GraphView(
                graph.getClass().getSimpleName(),
                graph.workflows().stream().map(Workflow::name).toList());
    }

    private java.util.stream.Stream<QueueView> queue(String name) {
        return graphs.all().stream()
                .limit(1)
                .map(graph -> view(graph.queue(name).state()));
    }

    private static QueueView view(QueueState state) {
        Map<String, Long> requests = new TreeMap<>();
        for (RequestState each : RequestState.values()) {
            if (state.count(each) > 0) {
                requests.put(each.name(), state.count(each));
            }
        }
        return new QueueView(
                state.queue(), requests, state.oldest(), state.workers().size());
    }
}
