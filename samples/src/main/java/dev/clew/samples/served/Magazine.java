package dev.clew.samples.served;

import dev.clew.annotations.Entrypoint;
import dev.clew.annotations.Task;
import dev.clew.flow.Run;
import dev.clew.flow.Workflow;
import dev.clew.samples.essay.EssayFlow.Essay;
import java.util.Locale;

/** A magazine whose essays are written elsewhere. */
public class Magazine {
    private final Workflow<String, Essay> essays;

    /** Takes a workflow of this program, or one of a server. */
    public Magazine(Workflow<String, Essay> essays) {
        this.essays = essays;
    }

    @Task
    String print(String title, Essay essay) {
        return title.toUpperCase(Locale.ROOT) + "\n" + essay.text();
    }

    @Entrypoint
    String issue(String title, MagazineTasks tasks, Run run) {
        Essay essay = run.invoke(essays, title);
        return tasks.print(title, essay).join();
    }
}
