package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

class Flow { // CLEW006
    @Task
    String read(String path, FlowTasks tasks) {
        return path;
    }
}
