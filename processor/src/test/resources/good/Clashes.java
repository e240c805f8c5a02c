// file: com.acme.Steps
package com.acme;

/** Named like a class inside the generated graph. */
public record Steps(int count) {}
// file: com.acme.Tasks
package com.acme;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;

/** Named like the other one, and a flow. */
public class Tasks {
    @Entrypoint
    Steps go(Steps steps, TasksTasks tasks, Run run) {
        return tasks.walk(steps, new Scope("near")).join();
    }

    @Task
    Steps walk(Steps steps, Scope scope) {
        return steps;
    }
}
// file: com.acme.Scope
package com.acme;

/** Named like a type of the runtime. */
public record Scope(String name) {}
// file: com.acme.Graph
package com.acme;

import dev.clew.annotations.Entrypoint;

/** A flow named like the supertype of all graphs. */
public class Graph {
    @Entrypoint(timeout = "PT1M")
    Duration go(Duration wiring) {
        return wiring;
    }
}
// file: com.acme.Duration
package com.acme;

/** Named like a type of the JDK that generated code uses. */
public record Duration(long millis) {}
