package dev.clew.server.mcp;

import dev.clew.annotations.Entrypoint;
import dev.clew.flow.Run;
import dev.clew.interrupt.InterruptKey;
import java.util.List;
import java.util.Map;

/** The workflows that the recorded server had as tools. */
public class Flows {
    public record Topic(String topic) {}

    public record Draft(Text review) {}

    public record Text(String text) {}

    public record Verdict(boolean ok) {}

    public record Items(List<Integer> items) {}

    public record Done(List<Integer> items, List<Integer> done, int total) {}

    public record Messages(List<Map<String, String>> messages) {}

    public record Question(String q) {}

    public record Answered(String q, String a) {}

    static final InterruptKey<Draft, Verdict> REVIEW = InterruptKey.of("review", Draft.class, Verdict.class);

    /** Is named as the recorded failure. */
    static final class ValueError extends RuntimeException {
        private static final long serialVersionUID = 1;

        ValueError() {
            super("boom");
        }
    }

    @Entrypoint(name = "essay")
    Text essay(Topic topic, Run run) {
        Text draft = new Text("On " + topic.topic() + ".");
        return run.interrupt(REVIEW, new Draft(draft)).ok() ? draft : new Text("");
    }

    @Entrypoint(name = "mapreduce")
    Done mapreduce(Items items) {
        List<Integer> done = items.items().stream().map(each -> each * 10).toList();
        return new Done(
                items.items(), done, done.stream().mapToInt(each -> each).sum());
    }

    @Entrypoint(name = "fail")
    Text fail(Map<String, Integer> any) {
        throw new ValueError();
    }

    @Entrypoint(name = "plain")
    String plain(String text) {
        return "hello " + text;
    }

    @Entrypoint(name = "chat")
    Messages chat(Messages messages) {
        return messages;
    }

    @Entrypoint(name = "ctx")
    Answered ctx(Question question) {
        return new Answered(question.q(), "none");
    }
}
