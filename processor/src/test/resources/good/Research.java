// file: com.acme.ResearchState
package com.acme;

import dev.clew.annotations.Append;
import dev.clew.annotations.Reduce;
import dev.clew.annotations.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

@State
public record ResearchState(
        String topic, @Append List<String> notes, @Nullable Draft draft, @Reduce(Highest.class) int best) {}
// file: com.acme.Draft
package com.acme;

public record Draft(String text) {}
// file: com.acme.Highest
package com.acme;

import dev.clew.annotations.Reducer;

public enum Highest implements Reducer<Integer, Integer> {
    ONLY;

    @Override
    public Integer identity() {
        return Integer.MIN_VALUE;
    }

    @Override
    public Integer apply(Integer current, Integer update) {
        return Math.max(current, update);
    }
}
// file: com.acme.Research
package com.acme;

import static com.acme.ResearchStateUpdate.*;
import static dev.clew.annotations.Node.START;

import dev.clew.annotations.*;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import java.util.List;

@StateGraph(ResearchState.class)
public class Research {
    public record Query(String text) {}

    public sealed interface Verdict {
        record Good() implements Verdict {}

        record Weak(String why) implements Verdict {}
    }

    public enum Editor {
        @To("write")
        AGAIN,
        @End
        DONE
    }

    public static final InterruptKey<Draft, Boolean> PUBLISH =
            InterruptKey.of("publish", Draft.class, Boolean.class);

    @Input
    ResearchStateUpdate begin(String topic) {
        return fresh().topic(topic);
    }

    @Node(after = START)
    List<Query> plan(String topic) {
        return List.of(new Query(topic));
    }

    @Node(retry = @Retry(maxAttempts = 3), writes = "notes")
    String search(Query query) {
        return query.text();
    }

    @Node(after = "search", writes = "draft")
    Draft write(String topic, List<String> notes) {
        return new Draft(topic + notes);
    }

    @Node(afterAny = {"write", "improve"})
    Verdict review(Draft draft) {
        return new Verdict.Weak(draft.text());
    }

    @Node(writes = "draft")
    Draft improve(Verdict.Weak weak, Draft draft) {
        return new Draft(draft.text() + weak.why());
    }

    @Node
    Goto<Editor> publish(Verdict.Good good, Draft draft, Run run) {
        return run.interrupt(PUBLISH, draft)
                ? update().goTo(Editor.DONE)
                : update().replaceNotes(List.of()).goTo(Editor.AGAIN);
    }

    @Output
    Draft result(Draft draft) {
        return draft;
    }
}
