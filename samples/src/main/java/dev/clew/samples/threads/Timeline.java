package dev.clew.samples.threads;

import dev.clew.Operator;
import dev.clew.flow.HistoryEntry;
import dev.clew.interrupt.PendingInterrupt;
import dev.clew.state.LoggedStep;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.state.ThreadSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A thread's newest run as one HTML file that needs nothing else: a row for each step, on a line of time. */
final class Timeline {
    private final ThreadSummary thread;
    private final ThreadState<?> state;
    private final List<LoggedStep> steps;
    private final Instant began;
    private final Instant ended;
    private final Scale scale;

    private Timeline(ThreadSummary thread, ThreadState<?> state, List<LoggedStep> steps, Instant began, Instant now) {
        this.thread = thread;
        this.state = state;
        this.steps = steps;
        this.began = began;
        List<Instant> moments = new ArrayList<>(List.of(began));
        for (LoggedStep step : steps) {
            moments.add(step.since());
            moments.add(end(step.state()));
        }
        Instant newest = moments.stream().max(Instant::compareTo).orElse(began);
        this.ended = isOver(state) || now.isBefore(newest) ? newest : now;
        moments.add(ended);
        this.scale = new Scale(moments);
    }

    private static boolean isOver(ThreadState<?> state) {
        return state.status() == ThreadStatus.IDLE || state.status() == ThreadStatus.CANCELLED;
    }

    /** The page, of what the thread is doing now. */
    static String of(Operator operator, ThreadSummary thread) {
        ThreadState<?> state = operator.state(thread.threadId());
        List<LoggedStep> steps = operator.log(thread.threadId());
        Instant began = operator.history(thread.threadId()).stream()
                .filter(entry -> state.runId() != null && state.runId().equals(entry.runId()))
                .map(HistoryEntry::createdAt)
                .min(Instant::compareTo)
                .orElse(thread.createdAt());
        return new Timeline(thread, state, steps, began, Instant.now()).page();
    }

    private String page() {
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(text(thread.threadId()))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style></head><body>\n");
        header(page);
        pending(page);
        chart(page);
        page.append(
                "<footer>Distances on the line of time are shortened: an hour is not sixty times a minute. A bar fades"
                        + " in where the log knows when a task ended, but not when it began. Click a row for what it gave."
                        + "</footer>\n</body></html>\n");
        return page.toString();
    }

    private void header(StringBuilder page) {
        page.append("<header><h1>")
                .append(text(thread.threadId()))
                .append("</h1><span class=\"status ")
                .append(word(state.status()))
                .append("\">")
                .append(Plain.word(state.status()))
                .append("</span>\n<dl>");
        fact(page, "workflow", thread.workflow());
        fact(page, "began", Times.moment(began));
        fact(page, isOver(state) ? "took" : "so far", Times.length(Duration.between(began, ended)));
        fact(page, "steps", String.valueOf(steps.size()));
        if (state.runId() != null) {
            fact(page, "run", state.runId());
        }
        page.append("</dl></header>\n");
        note(page, "value", "", state.value() == null ? "" : Plain.pretty(state.value()));
        note(page, "failure", "", state.failure() == null ? "" : LogTree.failure(state.failure()));
        note(page, "blocked", "", Objects.requireNonNullElse(state.blockedBy(), ""));
    }

    private static void fact(StringBuilder page, String name, String value) {
        page.append("<div><dt>")
                .append(name)
                .append("</dt><dd>")
                .append(text(value))
                .append("</dd></div>");
    }

    private static void note(StringBuilder page, String name, String about, String content) {
        if (!content.isEmpty()) {
            page.append("<section class=\"note ")
                    .append(name)
                    .append("\"><h2>")
                    .append(name)
                    .append(about.isEmpty() ? "" : " <b>" + text(about) + "</b>")
                    .append("</h2><pre>")
                    .append(text(content))
                    .append("</pre></section>\n");
        }
    }

    private void pending(StringBuilder page) {
        for (PendingInterrupt<?, ?> question : state.pending()) {
            note(page, "pending", question.name(), Plain.pretty(question.value()));
        }
    }

    private void chart(StringBuilder page) {
        page.append("<main style=\"--gaps:")
                .append(bands())
                .append("\">\n<div class=\"axis\"><span></span><span class=\"track\">");
        for (Scale.Tick tick : scale.ticks()) {
            page.append(String.format(
                    Locale.ROOT, "<b style=\"left:%.2f%%\">%s</b>", tick.at(), Times.clock(tick.moment())));
        }
        for (Scale.Gap gap : scale.gaps()) {
            page.append(String.format(
                    Locale.ROOT,
                    "<em style=\"left:%.2f%%;width:%.2f%%\">%s</em>",
                    gap.from(),
                    gap.to() - gap.from(),
                    Times.length(gap.length())));
        }
        page.append("</span><span></span></div>\n");
        for (int i = 0; i < steps.size(); i++) {
            row(page, i);
        }
        page.append("</main>\n");
    }

    /** Long silences as a background of every row. */
    private String bands() {
        StringBuilder bands = new StringBuilder("linear-gradient(90deg,transparent 0");
        for (Scale.Gap gap : scale.gaps()) {
            bands.append(String.format(
                    Locale.ROOT,
                    ",transparent %1$.2f%%,var(--band) %1$.2f%%,var(--band) %2$.2f%%,transparent %2$.2f%%",
                    gap.from(),
                    gap.to()));
        }
        return bands.append(",transparent 100%)").toString();
    }

    private void row(StringBuilder page, int index) {
        LoggedStep step = steps.get(index);
        StepState of = step.state();
        page.append("<details class=\"")
                .append(of.kind().word())
                .append(' ')
                .append(word(of.status()))
                .append("\"><summary><span class=\"name\" style=\"--depth:")
                .append(step.depth())
                .append("\" title=\"")
                .append(text(of.path()))
                .append("\">")
                .append(text(LogTree.name(of)))
                .append(of.attempts() > 1 ? "<small>" + of.attempts() + " attempts</small>" : "")
                .append(of.cached() ? "<small>cached</small>" : "")
                .append("</span><span class=\"track\">");
        bars(page, index);
        page.append("</span><span class=\"at\">")
                .append(Times.clock(of.at()))
                .append("</span></summary><div class=\"more\">");
        part(page, "path", of.path());
        part(page, "asked", step.question() == null ? "" : Plain.pretty(step.question()));
        part(
                page,
                step.question() == null ? "result" : "answer",
                step.result() == null ? "" : Plain.pretty(step.result()));
        part(page, "failure", of.failure() == null ? "" : of.failure().toString());
        part(page, "due", of.deadline() == null ? "" : Times.moment(of.deadline()));
        page.append("</div></details>\n");
    }

    private void bars(StringBuilder page, int index) {
        LoggedStep step = steps.get(index);
        boolean open = isOpen(step.state());
        Instant until = open ? ended : end(step.state());
        bar(page, open ? "open" : "bar", step.since(), until);
        page.append(String.format(Locale.ROOT, "<i class=\"dot\" style=\"left:%.2f%%\"></i>", scale.place(until)));
    }

    private static boolean isOpen(StepState step) {
        return !LogTree.elapsed(step)
                && (step.status() == StepState.Status.PENDING || step.status() == StepState.Status.RETRYING);
    }

    /** When a step that is over was over. */
    private static Instant end(StepState step) {
        return LogTree.elapsed(step) ? Objects.requireNonNullElse(step.deadline(), step.at()) : step.at();
    }

    private void bar(StringBuilder page, String kind, Instant from, Instant to) {
        double left = scale.place(from);
        page.append(String.format(
                Locale.ROOT,
                "<i class=\"%s\" style=\"left:%.2f%%;width:%.2f%%\"></i>",
                kind,
                left,
                Math.max(0, scale.place(to) - left)));
    }

    private static void part(StringBuilder page, String name, String content) {
        if (!content.isEmpty()) {
            page.append("<h3>")
                    .append(name)
                    .append("</h3><pre>")
                    .append(text(content))
                    .append("</pre>");
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** As text in HTML, in content as in attributes: what a log has is never markup. */
    private static String text(String any) {
        return any.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String style() {
        try (InputStream css = Timeline.class.getResourceAsStream("timeline.css")) {
            return new String(Objects.requireNonNull(css, "timeline.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
