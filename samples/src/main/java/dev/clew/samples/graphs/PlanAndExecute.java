package dev.clew.samples.graphs;

import static dev.clew.annotations.Node.START;
import static dev.clew.samples.graphs.TripUpdate.fresh;
import static dev.clew.samples.graphs.TripUpdate.update;

import dev.clew.annotations.Append;
import dev.clew.annotations.End;
import dev.clew.annotations.Input;
import dev.clew.annotations.Node;
import dev.clew.annotations.OnError;
import dev.clew.annotations.Output;
import dev.clew.annotations.State;
import dev.clew.annotations.StateGraph;
import dev.clew.annotations.To;
import dev.clew.flow.RunConfig;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import dev.clew.task.Failure;
import java.util.List;

/** A plan is made first; after each of its steps the rest of it is made anew, with what the step has shown; one that fails is no end. */
@StateGraph(PlanAndExecute.Trip.class)
public class PlanAndExecute {
    @State
    public record Trip(
            String goal, List<String> plan, @Append List<Done> done) {}

    public record Done(String step, String outcome) {}

    /** Plans, and does what was planned. */
    public interface Model {
        List<String> plan(String goal);

        String execute(String step);

        List<String> replan(List<String> rest, Done last);
    }

    public enum Next {
        @To("execute")
        MORE,
        @End
        DONE
    }

    private final Model model;

    PlanAndExecute(Model model) {
        this.model = model;
    }

    @Input
    TripUpdate begin(String goal) {
        return fresh().goal(goal);
    }

    @Node(after = START, writes = "plan")
    List<String> plan(String goal) {
        return model.plan(goal);
    }

    @Node(after = "plan", writes = "done")
    Done execute(List<String> plan) {
        String step = plan.get(0);
        return new Done(step, model.execute(step));
    }

    @OnError("execute")
    TripUpdate failed(List<String> plan, Failure failure) {
        return update().done(new Done(plan.get(0), "failed: " + failure.message()));
    }

    @Node(after = "execute")
    TripUpdate.Goto<Next> replan(List<String> plan, List<Done> done) {
        List<String> rest = model.replan(plan.subList(1, plan.size()), done.get(done.size() - 1));
        return update().plan(rest).goTo(rest.isEmpty() ? Next.DONE : Next.MORE);
    }

    @Output
    List<Done> result(List<Done> done) {
        return done;
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = PlanAndExecuteGraph.builder(new PlanAndExecute(new Guide()))
                        .checkpointer(db.checkpointer())
                        .build()) {
            graph.workflow()
                    .invoke("a day in Knossos", RunConfig.once("plan-and-execute"))
                    .value()
                    .forEach(done -> System.out.println(done.step() + ": " + done.outcome()));
        }
    }

    /** A model that needs no network; the ferry is full, so it plans a bus in place of it. */
    static final class Guide implements Model {
        @Override
        public List<String> plan(String goal) {
            return List.of("take the ferry", "visit the palace");
        }

        @Override
        public String execute(String step) {
            if (step.contains("ferry")) {
                throw new IllegalStateException("it is full");
            }
            return "done";
        }

        @Override
        public List<String> replan(List<String> rest, Done last) {
            return last.outcome().contains("full") ? List.of("take the bus", "visit the palace") : rest;
        }
    }
}
