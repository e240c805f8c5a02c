package dev.clew.spring.boot;

import dev.clew.checkpoint.Checkpointer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the place where threads are stored answers. */
record StorageHealth(Checkpointer store, SpringGraphs graphs) {
    /**
     * What is to be shown of a healthy one.
     *
     * @throws RuntimeException if it does not answer
     */
    Map<String, Object> look() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("checkpointer", store.getClass().getSimpleName());
        details.put("time", store.now().toString());
        details.put(
                "graphs",
                graphs.all().stream()
                        .map(graph -> graph.getClass().getSimpleName())
                        .toList());
        return details;
    }
}
