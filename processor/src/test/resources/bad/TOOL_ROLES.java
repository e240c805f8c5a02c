package com.acme;

import dev.clew.annotations.*;

class Travel {
    @Tool("Books.")
    @Task
    void book() {} // CLEW306

    @Tool("Looks.")
    void look(TravelTasks tasks) {}

    Object use = TravelTools.LOOK;
}
