package dev.clew.testing.evaluate;

import dev.clew.json.JsonCodec;
import dev.clew.messages.Trajectory;
import dev.clew.value.CodecException;
import dev.clew.value.IllegalRequestException;
import dev.clew.value.TypeRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs an agent or a graph over examples and judges what it does.
 *
 * <pre>{@code
 * EvaluationReport report = Evaluation.of(example -> agent.invoke(AgentInput.user(example.input()), once()).value())
 *     .examples(Path.of("examples.jsonl"))
 *     .evaluator("answer", Evaluator.exact())
 *     .evaluator("way", Evaluator.trajectory())
 *     .repeats(3)
 *     .run();
 * System.out.println(report.table());
 * report.requireMean("answer", 0.9);
 * }</pre>
 *
 * <p>Examples run one after another. A run that fails has the score 0 of every evaluator, with the failure as the reason.
 */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
public final class Evaluation {
    private static final TypeRef<Example> EXAMPLE = TypeRef.of(Example.class);

    /** What is evaluated: it gets an example and gives what was done. */
    @FunctionalInterface
    public interface Subject {
        /** Runs once. */
        Trajectory run(Example example) throws Exception;
    }

    private final Subject subject;
    private final List<Example> examples = new ArrayList<>();
    private final Map<String, Evaluator> evaluators = new LinkedHashMap<>();
    private int repeats = 1;

    private Evaluation(Subject subject) {
        this.subject = subject;
    }

    /** Begins the evaluation of this. */
    public static Evaluation of(Subject subject) {
        return new Evaluation(subject);
    }

    /**
     * Adds the examples of a file: a JSON object a line, with {@code input}, and if wanted {@code name}, {@code expected} and
     * {@code tools}.
     *
     * @throws IllegalRequestException if a line is no example; it names the line
     */
    public Evaluation examples(Path file) throws IOException {
        JsonCodec codec = JsonCodec.standard();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank()) {
                examples.add(example(codec, file, number, line));
            }
        }
        return this;
    }

    private static Example example(JsonCodec codec, Path file, int number, String line) {
        try {
            Object plain = codec.decodePlain(line.getBytes(StandardCharsets.UTF_8));
            if (!(plain instanceof Map<?, ?> members)) {
                throw new IllegalRequestException("line " + number + " of " + file + " is not a JSON object");
            }
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            members.forEach((name, value) -> named.put(String.valueOf(name), value));
            named.putIfAbsent("name", "line " + number);
            return codec.decode(codec.encode(named, TypeRef.of(Object.class)), EXAMPLE);
        } catch (CodecException unfit) {
            throw new IllegalRequestException(
                    "line " + number + " of " + file + " is no example: " + unfit.getMessage(), unfit);
        }
    }

    /** Adds examples. */
    public Evaluation examples(Example... more) {
        examples.addAll(List.of(more));
        return this;
    }

    /** Adds an evaluator, which is a column of the table. */
    public Evaluation evaluator(String name, Evaluator evaluator) {
        evaluators.put(name, evaluator);
        return this;
    }

    /** How often each example runs; once if nothing is said. */
    public Evaluation repeats(int times) {
        if (times < 1) {
            throw new IllegalRequestException("an example runs at least once, not " + times + " times");
        }
        repeats = times;
        return this;
    }

    /**
     * Runs all examples.
     *
     * @throws IllegalRequestException if there are no examples or no evaluators: it would say nothing
     */
    public EvaluationReport run() throws InterruptedException {
        if (examples.isEmpty() || evaluators.isEmpty()) {
            throw new IllegalRequestException("an evaluation needs examples and evaluators");
        }
        List<EvaluationReport.Row> rows = new ArrayList<>();
        for (Example example : examples) {
            for (int repeat = 1; repeat <= repeats; repeat++) {
                rows.add(new EvaluationReport.Row(example.name(), repeat, scores(example)));
            }
        }
        return new EvaluationReport(List.copyOf(evaluators.keySet()), rows);
    }

    private Map<String, Score> scores(Example example) throws InterruptedException {
        Map<String, Score> scores = new LinkedHashMap<>();
        Trajectory run;
        try {
            run = subject.run(example);
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception | AssertionError failed) {
            evaluators.keySet().forEach(name -> scores.put(name, Score.fail("the run failed: " + failed)));
            return scores;
        }
        for (Map.Entry<String, Evaluator> each : evaluators.entrySet()) {
            try {
                scores.put(each.getKey(), each.getValue().judge(example, run));
            } catch (InterruptedException stopped) {
                throw stopped;
            } catch (Exception failed) {
                scores.put(each.getKey(), Score.fail("the evaluator failed: " + failed));
            }
        }
        return scores;
    }
}
