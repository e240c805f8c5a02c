package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

class Outer {
    static class Flow { // CLEW007
        @Entrypoint
        String write(String topic) {
            return topic;
        }
    }
}

interface Outer_FlowTasks {}
