package com.acme;

import dev.clew.annotations.Context;
import dev.clew.annotations.Describe;
import dev.clew.annotations.Retry;
import dev.clew.annotations.Task;
import dev.clew.annotations.Tool;
import dev.clew.flow.Run;
import dev.clew.flow.TaskContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tools of every kind. */
public class Travel {
    public record Trip(String to, int days) {}

    interface Clock {}

    @Tool("Tells the weather of a city.")
    String weather(@Describe("its English name") String city) throws IOException {
        return "sun in " + city;
    }

    @Tool(
            value = "Books a trip. Costs \"money\".",
            retry = @Retry(maxAttempts = 3),
            timeout = "PT30S",
            formerly = {"reserve", "order"},
            exclusive = true)
    Trip book(Trip trip, @Nullable String note, Optional<Integer> people, TaskContext context) {
        return trip;
    }

    @Tool(value = "Says goodbye.", name = "good-bye", returnDirect = true)
    void leave() {}

    @Tool("Finds trips.")
    CompletionStage<List<Trip>> find(int days, @Context Clock clock) {
        throw new UnsupportedOperationException();
    }

    @Tool("Plans a trip, and asks.")
    String plan(String to, Run run, TravelTasks tasks) {
        return tasks.look(to).join();
    }

    @Task
    String look(String to) {
        return to;
    }
}

class Uses {
    Object tools = TravelTools.of(new Travel());
    Object ref = TravelTools.GOOD_BYE;
}
