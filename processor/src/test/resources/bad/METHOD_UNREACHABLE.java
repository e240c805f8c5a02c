// file: com.other.Base
package com.other;

import dev.clew.annotations.Task;

public abstract class Base {
    @Task
    protected String read(String path) { // CLEW012
        return path;
    }
}
// file: com.acme.Flow
package com.acme;

import com.other.Base;
import dev.clew.annotations.Entrypoint;

class Flow extends Base {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return tasks.read(topic).join();
    }
}
