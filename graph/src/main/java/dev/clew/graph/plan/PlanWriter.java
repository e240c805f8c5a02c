package dev.clew.graph.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a plan: {@code 2 10000;run search 1 plan 1 0 3;join write search}.
 *
 * <pre>
 * plan  = number limit (';' part)*
 * part  = 'run' node first sent?     what runs        | 'join' node member*    what a join has
 *       | 'edge' node sent*          what waits, with an edge that leads to it
 *       | 'sent' node sent*          the same without   | 'pause' node*
 * sent  = sender execution from count
 * </pre>
 *
 * <p>A space ends each word. In names, {@code % ; } and space are escaped as {@code %25 %3B %20}.
 */
public final class PlanWriter {
    static final String RUN = "run";
    static final String JOIN = "join";
    static final String WAITS_BY_EDGE = "edge";
    static final String WAITS = "sent";
    static final String PAUSE = "pause";

    private final StringBuilder text = new StringBuilder(40);

    private PlanWriter() {}

    /** The text of a plan. */
    public static String text(Plan plan) {
        PlanWriter writer = new PlanWriter();
        writer.text.append(plan.number()).append(' ').append(plan.limit());
        for (Due due : plan.due()) {
            writer.part(RUN).name(due.node()).number(due.first()).sent(due.sent());
        }
        for (Arrivals arrivals : plan.arrivals()) {
            writer.part(JOIN).name(arrivals.join()).names(arrivals.members());
        }
        for (Waiting waiting : plan.waiting()) {
            writer.part(waiting.byEdge() ? WAITS_BY_EDGE : WAITS).name(waiting.node());
            waiting.sent().forEach(writer::sent);
        }
        if (!plan.pause().isEmpty()) {
            writer.part(PAUSE).names(plan.pause());
        }
        return writer.text.toString();
    }

    private PlanWriter part(String kind) {
        text.append(';').append(kind);
        return this;
    }

    private PlanWriter number(int number) {
        text.append(' ').append(number);
        return this;
    }

    private void sent(@Nullable Sent sent) {
        if (sent != null) {
            name(sent.sender()).number(sent.execution()).number(sent.from()).number(sent.count());
        }
    }

    private void names(List<String> names) {
        names.forEach(this::name);
    }

    private PlanWriter name(String name) {
        text.append(' ');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            switch (c) {
                case '%' -> text.append("%25");
                case ';' -> text.append("%3B");
                case ' ' -> text.append("%20");
                default -> text.append(c);
            }
        }
        return this;
    }
}
