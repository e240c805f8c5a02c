package dev.clew.testing.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clew.messages.Message;
import dev.clew.messages.ToolCall;
import dev.clew.messages.Trajectory;
import dev.clew.value.IllegalRequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples, evaluators and the table. */
final class EvaluationTest {
    @TempDir
    Path folder;

    private Path examples(String... lines) throws Exception {
        return Files.write(folder.resolve("examples.jsonl"), List.of(lines));
    }

    private static Trajectory run(Example example) {
        if (example.input().equals("broken")) {
            throw new IllegalStateException("no model");
        }
        return () -> List.of(Message.ai(ToolCall.of("c", "weather", Map.of())), Message.ai(example.input() + "!"));
    }

    @Test
    void tableHasTheMeansOfExamplesAndRepeats() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        EvaluationReport report = Evaluation.of(example -> {
                    runs.incrementAndGet();
                    return run(example);
                })
                .examples(examples(
                        "{\"name\": \"good\", \"input\": \"hi\", \"expected\": \" hi! \", \"tools\": [\"weather\"]}",
                        "",
                        "{\"input\": \"ho\", \"expected\": \"ho\", \"tools\": []}",
                        "{\"name\": \"bad\", \"input\": \"broken\"}"))
                .evaluator("answer", Evaluator.exact())
                .evaluator("way", Evaluator.trajectory())
                .repeats(2)
                .run();

        assertThat(runs).hasValue(6);
        assertThat(report.table()).isEqualTo("""
                        | example | answer | way |
                        |---|---|---|
                        | good | 1.00 | 1.00 |
                        | line 3 | 0.00 | 0.00 |
                        | bad | 0.00 | 0.00 |
                        | all | 0.33 | 0.33 |
                        """);
        report.requireMean("answer", 0.33);
        assertThatThrownBy(() -> report.requireMean("answer", 0.5))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("line 3 #1: said: ho!")
                .hasMessageContaining("bad #2: the run failed: java.lang.IllegalStateException: no model");
        assertThatThrownBy(() -> report.mean("wrong")).hasMessageContaining("[answer, way]");
    }

    record City(String name, int people) {}

    @Test
    void schemaAndJudge() throws Exception {
        Trajectory right = () -> List.of(Message.ai("{\"name\": \"Rome\", \"people\": 3}"));
        Trajectory wrong = () -> List.of(Message.ai("Rome"));
        Example example = new Example("x", "A city?", null, null);

        assertThat(Evaluator.schema(City.class).judge(example, right)).isEqualTo(Score.pass());
        assertThat(Evaluator.schema(City.class).judge(example, wrong).value()).isZero();
        Evaluator judge = Evaluator.judge(
                (request, call) -> {
                    String asked = request.lastMessage().text();
                    return Message.ai(asked.contains("Answer: Rome") ? "Score: 7 of 10, too short" : "fine");
                },
                "It names a city.");
        assertThat(judge.judge(example, wrong).value()).isEqualTo(0.7);
        assertThat(judge.judge(example, right).why()).contains("wrote no number");
        Evaluator late = Evaluator.judge((request, call) -> Message.ai("It names 3 cities. 0"), "It names a city.");
        assertThat(late.judge(example, right).why()).contains("wrote no number first");
    }

    @Test
    void wrongLineIsNamed() throws Exception {
        Path wrong = examples("{\"input\": \"x\"}", "[1]");

        assertThatThrownBy(() -> Evaluation.of(EvaluationTest::run).examples(wrong))
                .isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> Evaluation.of(EvaluationTest::run).run()).isInstanceOf(IllegalRequestException.class);
    }
}
