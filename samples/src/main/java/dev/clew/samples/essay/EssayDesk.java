package dev.clew.samples.essay;

import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.flow.Workflow;
import dev.clew.samples.essay.EssayFlow.Draft;
import dev.clew.samples.essay.EssayFlow.Essay;
import dev.clew.samples.essay.EssayFlow.Verdict;
import dev.clew.sqlite.Sqlite;
import java.nio.file.Path;
import java.util.function.Function;

/** Runs {@link EssayFlow} on a database, and asks an editor whenever the flow asks. */
public final class EssayDesk {
    private EssayDesk() {}

    /** An essay about rain, for this editor. */
    public static Essay write(Path file, Writer writer, Function<Draft, Verdict> editor) {
        try (var db = Sqlite.open(file);
                var graph = EssayFlowGraph.builder(new EssayFlow(writer))
                        .checkpointer(db.checkpointer())
                        .durability(Durability.SYNC)
                        .build()) {
            Workflow<String, Essay> write = graph.write();
            RunConfig essay = RunConfig.once("essay-1"); // the same call starts it, joins it, or continues it
            RunResult<Essay> result = write.invoke("rain", essay);
            while (result instanceof RunResult.Interrupted<Essay> pause) {
                var question = pause.only(EssayFlow.REVIEW); // PendingInterrupt<Draft, Verdict>
                result = write.invoke(question.answer(editor.apply(question.value())), essay);
            }
            return result.value();
        }
    }
}
