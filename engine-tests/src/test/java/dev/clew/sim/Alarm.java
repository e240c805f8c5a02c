package dev.clew.sim;

import java.util.concurrent.FutureTask;

/** Something that happens at a moment of the simulated time, unless it is called off. */
final class Alarm extends FutureTask<Void> implements Comparable<Alarm> {
    final long due;
    final long seq;
    final Host host;
    final String name;

    Alarm(long due, long seq, Host host, String name, Runnable work) {
        super(work, null);
        this.due = due;
        this.seq = seq;
        this.host = host;
        this.name = name;
    }

    @Override
    public int compareTo(Alarm other) {
        return due != other.due ? Long.compare(due, other.due) : Long.compare(seq, other.seq);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq);
    }
}
