// file: module-info
module com.acme {
    requires dev.clew.annotations;
    requires dev.clew.runtime;

    exports com.acme.api;
}
// file: com.acme.api.Flow
package com.acme.api;

import dev.clew.annotations.*;

public class Flow {
    public record Draft(String text) {}

    record Hidden(String text) {}

    @Entrypoint
    public Draft write(com.acme.inner.Topic topic, FlowTasks tasks) { // CLEW045
        return tasks.revise(null).join();
    }

    @Task
    public Draft revise(Hidden hidden) { // CLEW045
        return null;
    }
}
// file: com.acme.inner.Topic
package com.acme.inner;

public record Topic(String text) {}
