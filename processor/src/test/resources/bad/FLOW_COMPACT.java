// JDK 25: the first release with compact source files
import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;

@Task // CLEW046
String compose(String topic) {
    return topic;
}

@Entrypoint
String write(String topic, FLOW_COMPACTTasks tasks) {
    return tasks.compose(topic).join();
}

static class Nested { // CLEW046
    @Entrypoint
    String go(String input) {
        return input;
    }
}

void main() {
    try (FLOW_COMPACTGraph graph = FLOW_COMPACTGraph.builder(this).build()) {
        System.out.println(graph.write().invoke("rain").value());
    }
}
