package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.Run;

class Travel {
    @Tool("Books.")
    void book(Run run) {} // CLEW307

    @Tool("Looks.")
    void look(Run run, TravelTasks tasks) {
        tasks.find().join();
    }

    @Task
    void find() {}

    Object use = TravelTools.of(this);
}
