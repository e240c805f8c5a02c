package dev.clew.samples.people;

import dev.clew.annotations.Entrypoint;
import dev.clew.flow.Run;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.InterruptKey;
import dev.clew.samples.shared.Terminal;
import dev.clew.sqlite.Sqlite;
import java.util.Optional;

/**
 * What a person says is checked in a loop: the question is asked anew, in other words, until the answer will do. Where
 * the same question may simply be asked again, {@link InterruptKey#validate} is shorter.
 */
public class ValidateInput {
    public record Passenger(String name, int age) {}

    public static final InterruptKey<String, String> TEXT = InterruptKey.of("text", String.class, String.class);

    @Entrypoint
    Passenger register(String greeting, Run run) {
        String name = run.interrupt(TEXT, greeting + " What is your name?");
        String question = "How old are you, " + name + "?";
        while (true) {
            String answer = run.interrupt(TEXT, question);
            if (answer.matches("\\d{1,3}") && Integer.parseInt(answer) <= 130) {
                return new Passenger(name, Integer.parseInt(answer));
            }
            question = "'" + answer + "' is no age. A number from 0 to 130, please?";
        }
    }

    public static void main(String... args) {
        try (var db = Sqlite.open(Terminal.database(args));
                var graph = ValidateInputGraph.builder(new ValidateInput())
                        .checkpointer(db.checkpointer())
                        .build()) {
            var register = graph.register();
            RunConfig job = RunConfig.once("validate-input");
            RunResult<Passenger> result = register.invoke("Welcome aboard!", job);
            while (result instanceof RunResult.Interrupted<Passenger> pause) {
                var question = pause.only(TEXT);
                Optional<String> answer = Terminal.askOrPark(question.value());
                if (answer.isEmpty()) {
                    return;
                }
                result = register.invoke(question.answer(answer.get()), job);
            }
            System.out.println("registered: " + result.value().name() + ", "
                    + result.value().age() + " years");
        }
    }
}
