// file: kotlin.coroutines.Continuation
package kotlin.coroutines;

public interface Continuation<T> {}
// file: com.acme.Flow
package com.acme;

import dev.clew.annotations.*;
import kotlin.coroutines.Continuation;

/** As kapt shows a class with suspend functions to processors. */
class Flow {
    @Entrypoint
    public Object write(String topic, FlowTasks tasks, Continuation<? super String> completion) { // CLEW067
        return topic;
    }

    @Task
    public Object compose(String topic, Continuation<? super String> completion) { // CLEW067
        return topic;
    }
}
