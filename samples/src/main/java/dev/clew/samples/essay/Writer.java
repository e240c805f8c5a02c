package dev.clew.samples.essay;

import java.io.IOException;

/** Who writes essays: a model, a service, a colleague. */
public interface Writer {
    EssayFlow.Draft compose(String topic) throws IOException;

    EssayFlow.Draft revise(EssayFlow.Draft draft, String feedback);
}
