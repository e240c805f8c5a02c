package dev.clew.agents;

import dev.clew.annotations.Effect;
import dev.clew.annotations.Tool;
import dev.clew.flow.TaskContext;
import dev.clew.tools.ToolResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tools whose calls can be undone, and what they did. */
class Tickets {
    record Trip(String to, int days) {}

    record Booking(String number, String to) {}

    /** The outside world: what is booked, by effect id. */
    final Map<String, Booking> booked = new ConcurrentHashMap<>();

    /** What was undone, in that order. */
    final List<String> undone = new CopyOnWriteArrayList<>();

    boolean answerIsLost;

    @Tool(value = "Books.", effect = Effect.ONCE, reconcile = "found", undo = "cancel", settle = "PT1S")
    Booking book(Trip trip, TaskContext context) throws IOException {
        Booking booking = new Booking("b-" + trip.to(), trip.to());
        if (booked.putIfAbsent(context.effectId(), booking) != null) {
            throw new AssertionError("booked twice");
        }
        if (answerIsLost) {
            throw new IOException("the connection broke");
        }
        return booking;
    }

    Optional<Booking> found(Trip trip, TaskContext context) {
        return Optional.ofNullable(booked.get(context.effectId()));
    }

    void cancel(Trip trip, Optional<Booking> booking, TaskContext context) {
        undone.add("book " + trip.to() + ": " + booking.map(Booking::number).orElse("nothing known"));
        booked.remove(context.effectId());
    }

    @Tool(value = "Holds.", undo = "release")
    ToolResult<Booking> hold(Trip trip) {
        return ToolResult.of(new Booking("h-" + trip.to(), trip.to())).artifact("copy");
    }

    void release(Trip trip, Optional<Booking> booking) {
        undone.add("hold " + trip.to() + ": " + booking.map(Booking::number).orElse("nothing known"));
    }

    @Tool(value = "Locks.", undo = "unlock")
    void lock(int door) {}

    void unlock(int door, boolean happened) {
        undone.add("lock " + door + ": " + happened);
    }
}
