package com.acme;

import dev.clew.annotations.*;
import dev.clew.flow.*;
import dev.clew.task.*;
import java.util.*;

class Flow extends Middle {
    @Entrypoint
    String write(String topic, FlowTasks tasks) {
        return tasks.read(topic).join() + tasks.find(topic).join() + tasks.count(1).join();
    }

    @Override
    String read(String path) { // CLEW048
        return path;
    }

    @Override
    @Task
    int count(int number) {
        return number;
    }
}

abstract class Middle extends Base<String> {
    @Override
    String find(String path) { // CLEW048
        return path;
    }
}

abstract class Base<T> {
    @Task
    T read(T path) {
        return path;
    }

    @Task
    T find(T path) {
        return path;
    }

    @Task
    int count(int number) {
        return number;
    }

    String read(int number) {
        return "";
    }
}

class Parent {
    @Entrypoint
    String go(String topic) {
        return topic;
    }
}

class Child extends Parent {
    @Override
    String go(String topic) { // CLEW048
        return topic + "!";
    }

    @Entrypoint
    String other(String topic) {
        return topic;
    }
}

class Fake extends Parent {
    @Override
    String go(String topic) {
        return "a class without steps of its own may stand in for its superclass";
    }
}
