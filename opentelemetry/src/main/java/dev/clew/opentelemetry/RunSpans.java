package dev.clew.opentelemetry;

import dev.clew.flow.RunListener.RunInfo;
import dev.clew.flow.RunListener.StepInfo;
import dev.clew.state.StepKind;
import dev.clew.task.Failure;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The spans of what executes in this process. */
final class RunSpans {
    /** How many runs that rest are remembered, for links. */
    private static final int REMEMBERED = 10_000;

    private static final Set<String> OVER = Set.of("completed", "cancelled", "undone");

    private static final String TOOL = "tool:";

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final Dialect dialect;
    private final Map<RunKey, Open> runs = new ConcurrentHashMap<>();
    private final Map<StepKey, Open> steps = new ConcurrentHashMap<>();
    private final Map<RunKey, SpanContext> rested = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunKey, SpanContext> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record RunKey(String thread, String run) {
        static RunKey of(RunInfo run) {
            return new RunKey(run.threadId(), run.runId());
        }
    }

    private record StepKey(RunKey run, String path, int attempt) {
        static StepKey of(RunInfo run, StepInfo step) {
            return new StepKey(RunKey.of(run), step.path(), step.attempt());
        }
    }

    private record Open(Span span, long began) {
        Open(Span span) {
            this(span, System.nanoTime());
        }

        Duration took() {
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    /** Reads the texts that a run carries. */
    private static final TextMapGetter<Map<String, String>> TEXTS = new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // older versions of the API need it
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    };

    RunSpans(OpenTelemetry telemetry, Dialect dialect) {
        this.tracer = telemetry.getTracer(ClewTelemetry.SCOPE);
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
        this.dialect = dialect;
    }

    /** The context of a caller, as a run carries it. */
    Map<String, String> requested() {
        Map<String, String> texts = new LinkedHashMap<>();
        propagator.inject(Context.current(), texts, (carrier, key, value) -> {
            if (carrier != null) {
                carrier.put(key, value);
            }
        });
        return texts;
    }

    void runBegins(RunInfo run, boolean resumed) {
        RunKey key = RunKey.of(run);
        SpanBuilder span = tracer.spanBuilder("invoke_workflow " + run.workflow())
                .setParent(propagator.extract(Context.root(), run.carried(), TEXTS))
                .setAttribute(Names.OPERATION, "invoke_workflow")
                .setAttribute(Names.WORKFLOW_NAME, run.workflow());
        named(span, run);
        dialect.begins(span, Dialect.Kind.RUN, run.threadId(), run.workflow());
        if (resumed) {
            span.setAttribute(Names.RESUMED, true);
            SpanContext before = before(key);
            if (before != null) {
                span.addLink(before);
            }
        }
        Open left = runs.put(key, new Open(span.startSpan()));
        if (left != null) {
            left.span.end(); // its activation was lost, such as with its lease, and nothing was told
        }
    }

    private @Nullable SpanContext before(RunKey key) {
        synchronized (rested) {
            return rested.get(key);
        }
    }

    private void named(SpanBuilder span, RunInfo run) {
        span.setAttribute(Names.WORKFLOW, run.workflow())
                .setAttribute(Names.THREAD, run.threadId())
                .setAttribute(Names.RUN, run.runId());
    }

    /** Ends the span of an activation, and returns how long it executed. */
    Duration runRests(RunInfo run, String status, @Nullable Throwable failure) {
        RunKey key = RunKey.of(run);
        Open open = runs.remove(key);
        if (open == null) {
            return Duration.ZERO;
        }
        steps.keySet().stream().filter(step -> step.run.equals(key)).toList().forEach(this::unwound);
        synchronized (rested) {
            if (OVER.contains(status)) {
                rested.remove(key);
            } else {
                rested.put(key, open.span.getSpanContext());
            }
        }
        open.span.setAttribute(Names.STATUS, status);
        if (failure != null) {
            open.span
                    .setAttribute(Names.ERROR_TYPE, failure.getClass().getName())
                    .setStatus(StatusCode.ERROR);
        }
        open.span.end();
        return open.took();
    }

    /** A scope that was unwound when its run paused has no outcome. */
    private void unwound(StepKey key) {
        Open open = steps.remove(key);
        if (open != null) {
            open.span.setAttribute(Names.STATUS, "unwound");
            open.span.end();
        }
    }

    void stepBegins(RunInfo run, StepInfo step) {
        boolean isTool = step.kind() == StepKind.TASK && step.name().startsWith(TOOL);
        String tool = isTool ? step.name().substring(TOOL.length()) : "";
        SpanBuilder span = tracer.spanBuilder(
                        isTool ? "execute_tool " + tool : step.kind().word() + " " + step.name())
                .setParent(above(run, step))
                .setAttribute(Names.STEP, step.path())
                .setAttribute(Names.STEP_NAME, step.name())
                .setAttribute(Names.KIND, step.kind().word())
                .setAttribute(Names.ATTEMPT, (long) step.attempt());
        named(span, run);
        if (isTool) {
            span.setAttribute(Names.OPERATION, "execute_tool").setAttribute(Names.TOOL_NAME, tool);
        }
        dialect.begins(span, isTool ? Dialect.Kind.TOOL : Dialect.Kind.STEP, run.threadId(), run.workflow());
        steps.put(StepKey.of(run, step), new Open(span.startSpan()));
    }

    /** The scope around a step, which may have made several attempts, or the run. */
    private Context above(RunInfo run, StepInfo step) {
        RunKey key = RunKey.of(run);
        int end = step.path().lastIndexOf('/');
        Open around = null;
        if (end > 0) {
            String path = step.path().substring(0, end);
            around = steps.entrySet().stream()
                    .filter(open ->
                            open.getKey().run.equals(key) && open.getKey().path.equals(path))
                    .map(Map.Entry::getValue)
                    .findAny()
                    .orElse(null);
        }
        around = around == null ? runs.get(key) : around;
        return around == null ? Context.root() : Context.root().with(around.span);
    }

    /** Ends the span of an attempt, and returns how long it took. */
    Duration stepEnds(RunInfo run, StepInfo step, @Nullable Failure failure) {
        Open open = steps.remove(StepKey.of(run, step));
        if (open == null) {
            return Duration.ZERO; // from the task cache, or of a child elsewhere
        }
        if (failure != null) {
            open.span.setAttribute(Names.ERROR_TYPE, failure.type()).setStatus(StatusCode.ERROR);
        }
        open.span.end();
        return open.took();
    }

    void asked(RunInfo run, String key) {
        Open open = runs.get(RunKey.of(run));
        if (open != null) {
            open.span.addEvent("clew.question", io.opentelemetry.api.common.Attributes.of(Names.STEP_NAME, key));
        }
    }

    /** Makes the span current on the thread of its code. */
    @SuppressWarnings("MustBeClosedChecker") // the engine closes it when the code is over
    @Nullable
    Scope entered(RunInfo run, StepInfo step) {
        Open open = step.path().isEmpty() ? runs.get(RunKey.of(run)) : steps.get(StepKey.of(run, step));
        return open == null
                ? null
                : Conversation.of(run.threadId(), Context.current().with(open.span))
                        .makeCurrent();
    }
}
