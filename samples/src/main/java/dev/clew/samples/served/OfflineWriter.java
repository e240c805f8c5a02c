package dev.clew.samples.served;

import dev.clew.samples.essay.EssayFlow;
import dev.clew.samples.essay.Writer;

/** A writer that needs no network. */
public final class OfflineWriter implements Writer {
    @Override
    public EssayFlow.Draft compose(String topic) {
        return new EssayFlow.Draft("All about " + topic + ".");
    }

    @Override
    public EssayFlow.Draft revise(EssayFlow.Draft draft, String feedback) {
        return new EssayFlow.Draft(draft.text() + " " + feedback);
    }
}
