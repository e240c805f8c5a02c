// file: com.acme.OnceSteps
package com.acme;

import static dev.clew.annotations.Node.START;

import dev.clew.annotations.*;
import dev.clew.flow.TaskContext;
import dev.clew.tools.ToolResult;
import java.io.IOException;
import java.util.*;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tools and nodes whose effects must not happen twice. */
class OnceSteps {
    static final class Declined extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static class Shop {
        record Order(String item, int pieces) {}

        record Receipt(String number) {}

        @Tool(
                value = "Orders.",
                effect = Effect.ONCE,
                reconcile = "found",
                notDone = Declined.class,
                settle = "PT2M",
                undo = "cancel",
                timeout = "PT30S",
                retry = @Retry(maxAttempts = 2, retryOn = Declined.class))
        Receipt order(Order order, int floor, TaskContext context) throws IOException, Declined {
            return new Receipt(context.effectId());
        }

        Optional<Receipt> found(Order order, int floor, TaskContext context) throws IOException {
            return Optional.empty();
        }

        void cancel(TaskContext context, Order order, int floor, Optional<Receipt> receipt) throws IOException {}

        @Tool(value = "Holds.", undo = "release")
        CompletionStage<ToolResult<List<String>>> hold(String text) {
            throw new UnsupportedOperationException();
        }

        void release(String text, Optional<List<String>> held) {}

        @Tool(value = "Locks.", undo = "unlock")
        void lock(int door) {}

        void unlock(int door, boolean happened) {}

        @Tool(value = "Rings.", name = "ring-bell", effect = Effect.ONCE, reconcile = "hasRung")
        void ring(TaskContext context) {}

        boolean hasRung(TaskContext context) {
            return false;
        }

        @Tool(value = "Sends.", effect = Effect.ONCE, reconcile = "sent")
        CompletionStage<ToolResult<List<String>>> send(String text, TaskContext context) {
            throw new UnsupportedOperationException();
        }

        Optional<List<String>> sent(String text) {
            return Optional.empty();
        }

        @Tool(value = "Prints.", effect = Effect.ONCE)
        ToolResult<?> print(String text, TaskContext context) {
            return ToolResult.of(text);
        }
    }

    @State
    record Trip(String to, @Nullable String receipt, @Append List<String> notes, @Sum int cost) {}

    record Leg(String to) {}

    enum Way {
        @To("tell")
        TELL,
        @End
        STOP
    }

    @StateGraph(Trip.class)
    static class Trips {
        @Node(
                after = START,
                writes = "receipt",
                effect = Effect.ONCE,
                reconcile = "paid",
                notDone = Declined.class,
                settle = "PT1S",
                undo = "refund",
                timeout = "PT30S")
        String payTrip(String to, @Nullable String receipt, TaskContext context) throws Declined {
            return to;
        }

        Optional<String> paid(String to, String receipt, TaskContext context) {
            return Optional.empty();
        }

        void refund(String to, @Nullable String receipt, Optional<String> paid, TaskContext context) {}

        @Node(after = "payTrip", writes = "cost", effect = Effect.ONCE, reconcile = "cost", undo = "repay")
        int charge(Trip trip, TaskContext context) {
            return 1;
        }

        Optional<Integer> cost(Trip trip) {
            return Optional.empty();
        }

        void repay(Trip trip, Optional<Integer> cost) {}

        @Node(after = "charge", effect = Effect.ONCE, reconcile = "noted", undo = "forget")
        TripUpdate note(String to, TaskContext context) {
            return TripUpdate.update().notes(to);
        }

        Optional<TripUpdate> noted(String to) {
            return Optional.empty();
        }

        void forget(String to, Optional<TripUpdate> known) {}

        @Node(after = "charge", writes = "notes", undo = "release")
        CompletionStage<String> reserve(String to, TaskContext context) {
            throw new UnsupportedOperationException();
        }

        void release(TaskContext context, String to) {}

        @Node(after = "reserve", undo = "unlock")
        void lock(String to) {}

        void unlock(String to, boolean happened) {}

        @Node(after = "note", name = "way-out", effect = Effect.ONCE)
        Way wayOut(TaskContext context) {
            return Way.STOP;
        }

        @Node(effect = Effect.ONCE, reconcile = "told")
        void tell(TaskContext context) {}

        boolean told() {
            return true;
        }
    }

    static class Uses {
        Object tool = OnceSteps_ShopTools.ORDER_OUTCOME;
        Object node = OnceSteps_TripsGraph.PAY_TRIP_OUTCOME;
    }
}
