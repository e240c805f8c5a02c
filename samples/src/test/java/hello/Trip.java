package hello;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.interrupt.InterruptKey;
import dev.clew.sqlite.Sqlite;
import java.nio.file.Path;

public class Trip {
    public static final InterruptKey<String, Boolean> AGREE = InterruptKey.of("agree", String.class, Boolean.class);

    @Task
    String plan(String place) {
        System.out.println("planning");
        return "three days in " + place;
    }

    @Task
    String book(String plan) throws InterruptedException {
        System.out.println("booking");
        Thread.sleep(5_000); // long enough to kill it
        return "booked: " + plan;
    }

    @Entrypoint
    String travel(String place, TripTasks tasks, Run run) {
        String plan = tasks.plan(place).join();
        boolean agreed = run.interrupt(AGREE, plan);
        return agreed ? tasks.book(plan).join() : "stayed at home";
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Path.of("trip.db"));
                var graph = TripGraph.builder(new Trip())
                        .checkpointer(db.checkpointer())
                        .build()) {
            Workflow<String, String> travel = graph.travel();
            RunConfig trip = RunConfig.once("trip-1");
            RunResult<String> result = travel.invoke("Crete", trip); // starts the trip, or continues it
            if (result instanceof RunResult.Interrupted<String> pause && args.length > 0) {
                boolean agreed = args[0].equals("yes");
                result = travel.invoke(pause.only(AGREE).answer(agreed), trip);
            }
            if (result instanceof RunResult.Interrupted<String> pause) {
                System.out.println(pause.only(AGREE).value() + "? Run again with yes or no.");
            } else {
                System.out.println(result.value());
            }
        }
    }
}
