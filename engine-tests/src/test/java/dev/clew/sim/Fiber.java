package dev.clew.sim;

/** A thread of the simulated world; it runs only while it has the turn. */
final class Fiber {
    final int id;
    final String name;
    /** Whose thread it is; null for people and for nature. */
    final Host host;

    final Runnable work;
    /** The real thread that runs it, once it has begun. */
    Carrier carrier;

    /** Who goes first, where the schedule has priorities. */
    long priority;

    boolean parked;
    boolean unparked;
    boolean interrupted;
    boolean napping;
    boolean killed;
    boolean done;
    /** How many locks it holds; it gives no turn away with one. */
    int locks;
    /** At how many places another fiber could have gone first. */
    int points;
    /** How many writes that change something it has asked for. */
    int writes;
    /** Who waits for its death. */
    Fiber reaper;

    Fiber(int id, String name, Host host, Runnable work) {
        this.id = id;
        this.name = name;
        this.host = host;
        this.work = work;
    }

    @Override
    public String toString() {
        return name + "#" + id + (host == null ? "" : "@" + host);
    }
}
