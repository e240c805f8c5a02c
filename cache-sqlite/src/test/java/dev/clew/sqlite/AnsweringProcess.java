package dev.clew.sqlite;

import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.ThreadBusyException;
import dev.clew.interrupt.AnswerRefusedException;
import dev.clew.interrupt.Command;
import dev.clew.interrupt.InterruptKey;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Answers the question of one thread after the other, each when told to, and prints what came of it; at the end, how
 * many answers were used here.
 */
final class AnsweringProcess {
    private static final InterruptKey<String, String> NAME = InterruptKey.of("name", String.class, String.class);

    private AnsweringProcess() {}

    /** The program whose questions are answered. */
    static Lab lab(Sqlite db) {
        return new Lab(db.checkpointer(), Durability.ASYNC)
                .body((input, calls, run) -> calls.task("use", run.interrupt(NAME, input), name -> name + "!")
                        .join());
    }

    static RunConfig thread(int round) {
        return RunConfig.thread("question-" + round);
    }

    public static void main(String[] arguments) throws IOException {
        String name = arguments[1];
        try (Sqlite db = Sqlite.open(Path.of(arguments[0]));
                Lab lab = lab(db)) {
            lab.workflow();
            System.out.println("ready");
            for (int round = 0; System.in.read() > 0; round++) {
                System.out.println(answer(lab, round, name));
            }
            System.out.println(lab.ran("use"));
        }
    }

    private static String answer(Lab lab, int round, String name) {
        try {
            return "won "
                    + lab.workflow().invoke(Command.resume(name), thread(round)).value();
        } catch (AnswerRefusedException | ThreadBusyException told) {
            return "lost";
        }
    }
}
