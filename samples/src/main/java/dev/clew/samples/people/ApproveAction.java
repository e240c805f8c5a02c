package dev.clew.samples.people;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.InterruptKey;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.Optional;

/** Approve or reject: the run stops before money leaves, for a minute or a month, and goes on with what a person says. */
public class ApproveAction {
    public record Transfer(String to, int euros) {}

    public static final InterruptKey<Transfer, Boolean> APPROVE =
            InterruptKey.of("approve", Transfer.class, Boolean.class);

    @Task
    String reserve(Transfer transfer) {
        System.out.println("reserved " + transfer.euros() + " euros"); // printed once, however often the run is resumed
        return "R-1";
    }

    @Task
    String send(Transfer transfer, String reservation) {
        return "sent " + transfer.euros() + " euros to " + transfer.to();
    }

    @Task
    String release(String reservation) {
        return "rejected, and the reservation is released";
    }

    @Entrypoint
    String pay(Transfer transfer, ApproveActionTasks tasks, Run run) {
        String reservation = tasks.reserve(transfer).join();
        boolean approved = run.interrupt(APPROVE, transfer);
        return approved
                ? tasks.send(transfer, reservation).join()
                : tasks.release(reservation).join();
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = ApproveActionGraph.builder(new ApproveAction())
                        .checkpointer(db.checkpointer())
                        .build()) {
            var pay = graph.pay();
            RunConfig job = RunConfig.once("approve"); // starts it, or continues what an earlier process left
            RunResult<String> result = pay.invoke(new Transfer("Ariadne", 500), job);
            while (result instanceof RunResult.Interrupted<String> pause) {
                var question = pause.only(APPROVE);
                Transfer transfer = question.value();
                Optional<Boolean> answer = Terminal.askOrPark(
                        "Send " + transfer.euros() + " euros to " + transfer.to() + "? yes or no", Terminal::yesOrNo);
                if (answer.isEmpty()) {
                    return;
                }
                result = pay.invoke(question.answer(answer.get()), job);
            }
            System.out.println(result.value());
        }
    }
}
