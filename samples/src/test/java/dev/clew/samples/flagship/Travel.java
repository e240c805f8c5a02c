package dev.clew.samples.flagship;

import dev.clew.annotations.Describe;
import dev.clew.annotations.Effect;
import dev.clew.annotations.Tool;
import dev.clew.flow.TaskContext;
import java.io.IOException;
import java.util.Optional;

/** The tools of the flagship, as a user writes them. */
public class Travel {
    public record Trip(String to, int days) {}

    public record Booking(String number, String to) {}

    public record Weather(String sky, int degrees) {}

    /** What the agent is to make. */
    public record TripPlan(String to, String booking) {}

    /** Says that nothing was booked. */
    public static final class Declined extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The agency. */
    public interface Api {
        Weather weather(String city) throws IOException;

        Booking book(Trip trip, String key) throws IOException, Declined;

        Optional<Booking> find(String key) throws IOException;

        void cancel(String key) throws IOException;
    }

    private final Api api;

    public Travel(Api api) {
        this.api = api;
    }

    @Tool("Tells the weather of a city.")
    Weather weather(@Describe("its English name") String city) throws IOException {
        return api.weather(city);
    }

    @Tool(
            value = "Books a trip. Costs money.",
            effect = Effect.ONCE,
            reconcile = "found",
            undo = "cancel",
            notDone = Declined.class,
            timeout = "PT30S")
    Booking book(Trip trip, TaskContext context) throws IOException, Declined {
        return api.book(trip, context.effectId());
    }

    Optional<Booking> found(Trip trip, TaskContext context) throws IOException {
        return api.find(context.effectId());
    }

    void cancel(Trip trip, Optional<Booking> booking, TaskContext context) throws IOException {
        api.cancel(context.effectId());
    }
}
