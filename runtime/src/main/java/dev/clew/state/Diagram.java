package dev.clew.state;

import dev.clew.task.Failure;
import java.util.ArrayList;
import java.util.List;

/** Draws a thread's run as a Mermaid flowchart: the tree of its scopes, from left to right. */
final class Diagram {
    /** Mermaid itself refuses to draw more than 500 edges. */
    private static final int NODES = 300;

    private static final String STYLES = """
                classDef failed stroke:#c62828,stroke-width:2px
                classDef waiting stroke:#ef6c00,stroke-dasharray:4
                classDef cancelled stroke:#9e9e9e,color:#9e9e9e
            """;

    private final StringBuilder text = new StringBuilder("flowchart LR\n");
    private int nodes;

    private Diagram() {}

    static String of(ThreadState<?> state) {
        Diagram diagram = new Diagram();
        diagram.draw(state);
        return diagram.text.append(STYLES).toString();
    }

    private void draw(ThreadState<?> state) {
        String run = state.runId() == null ? "" : "<br/>" + state.status();
        String root = node("([\"", escape(state.threadId()) + run, "\"])", "");
        StepTree.Root tree = StepTree.of(state.steps());
        tree.inner().forEach(branch -> draw(root, branch));
        more(root, tree.more());
    }

    private void draw(String from, StepTree.Branch branch) {
        StepState step = branch.step();
        boolean full = nodes >= NODES;
        int hidden = full ? branch.inner().size() + branch.more() : 0;
        String style = style(step.status());
        String to = node(opening(branch), label(branch, hidden), closing(branch), style);
        edge(from, to, style.equals("waiting"));
        if (!full) {
            branch.inner().forEach(inner -> draw(to, inner));
            more(to, branch.more());
        }
    }

    private void more(String from, int count) {
        if (count > 0) {
            edge(from, node("[\"", "… " + count + " more", "\"]", ""), false);
        }
    }

    private String node(String opening, String label, String closing, String style) {
        String id = "n" + nodes++;
        text.append("    ").append(id).append(opening).append(label).append(closing);
        text.append(style.isEmpty() ? "" : ":::" + style).append('\n');
        return id;
    }

    private void edge(String from, String to, boolean open) {
        text.append("    ")
                .append(from)
                .append(open ? " -.-> " : " --> ")
                .append(to)
                .append('\n');
    }

    // --- what a step looks like ---

    private static String opening(StepTree.Branch branch) {
        return switch (branch.step().kind()) {
            case CHILD -> "[[\"";
            case ASK, BREAKPOINT -> "{{\"";
            case TIMER -> ">\"";
            case PATCH -> "[/\"";
            case TASK, NODE, UNDO, SETTLE -> branch.inner().isEmpty() ? "[\"" : "([\"";
        };
    }

    private static String closing(StepTree.Branch branch) {
        return switch (branch.step().kind()) {
            case CHILD -> "\"]]";
            case ASK, BREAKPOINT -> "\"}}";
            case TIMER -> "\"]";
            case PATCH -> "\"/]";
            case TASK, NODE, UNDO, SETTLE -> branch.inner().isEmpty() ? "\"]" : "\"])";
        };
    }

    private static String style(StepState.Status status) {
        return switch (status) {
            case SUCCEEDED -> "";
            case FAILED -> "failed";
            case CANCELLED, WITHDRAWN -> "cancelled";
            case PENDING, RETRYING -> "waiting";
        };
    }

    private static String label(StepTree.Branch branch, int hidden) {
        StepState step = branch.step();
        List<String> details = new ArrayList<>();
        switch (step.status()) {
            case PENDING ->
                details.add(
                        switch (step.kind()) {
                            case ASK -> "asks";
                            case BREAKPOINT -> "paused";
                            default -> "open";
                        });
            case RETRYING -> details.add("retries");
            case FAILED -> details.add("failed");
            case CANCELLED -> details.add("cancelled");
            case WITHDRAWN -> details.add("withdrawn");
            case SUCCEEDED -> {}
        }
        if (step.attempts() > 1) {
            details.add(step.attempts() + " attempts");
        }
        if (step.cached()) {
            details.add("cached");
        }
        Failure failure = step.failure();
        if (failure != null) {
            details.add(escape(failure.type().substring(failure.type().lastIndexOf('.') + 1)));
        }
        if (step.deadline() != null) {
            details.add("until " + step.deadline());
        }
        if (hidden > 0) {
            details.add(hidden + " inside");
        }
        String name = escape(step.name()) + (branch.count() > 1 ? " ×" + branch.count() : "");
        return details.isEmpty() ? name : name + "<br/>" + String.join(", ", details);
    }

    /** Whatever could mean something to Mermaid, or to the page that it is shown on, becomes a number. */
    private static String escape(String name) {
        StringBuilder escaped = new StringBuilder();
        name.codePoints().limit(200).forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == ' ' || c == '.' || c == '_' || c == '-') {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('#').append(Character.isISOControl(c) ? 32 : c).append(';');
            }
        });
        return escaped.toString();
    }
}
