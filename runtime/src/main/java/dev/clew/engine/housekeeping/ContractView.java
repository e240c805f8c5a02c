package dev.clew.engine.housekeeping;

import dev.clew.interrupt.InterruptKey;
import dev.clew.json.JsonCodec;
import dev.clew.spi.TaskSpec;
import dev.clew.spi.WorkflowSpec;
import dev.clew.value.Codec;
import dev.clew.value.CodecException;
import dev.clew.value.TypeRef;
import dev.clew.verify.GraphContract;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the contract of workflows: plain data, and its text. */
public final class ContractView {
    private static final TypeRef<Object> PLAIN = TypeRef.of(Object.class);

    private final Codec codec;

    public ContractView(Codec codec) {
        this.codec = codec;
    }

    public GraphContract of(Collection<? extends WorkflowSpec<?, ?>> workflows) {
        Map<String, Object> all = new TreeMap<>();
        workflows.forEach(workflow -> all.put(workflow.name(), workflow(workflow)));
        StringBuilder text = new StringBuilder();
        print(text, Map.of("clew contract", 1, "workflows", all), 0);
        return new GraphContract(text.append('\n').toString());
    }

    private Map<String, Object> workflow(WorkflowSpec<?, ?> workflow) {
        Map<String, Object> view = new TreeMap<>();
        view.put("formerly", workflow.formerly());
        if (workflow.hasInput()) {
            view.put("input", schema(workflow.inputType()));
        }
        view.put("output", schema(workflow.outputType()));
        workflow.savedType().ifPresent(saved -> view.put("saved", schema(saved)));
        Map<String, Object> questions = new TreeMap<>();
        for (InterruptKey<?, ?> key : workflow.questions()) {
            questions.put(
                    key.name(), Map.of("question", schema(key.questionType()), "answer", schema(key.answerType())));
        }
        view.put("questions", questions);
        Map<String, Object> steps = new TreeMap<>();
        workflow.tasks().forEach(task -> steps.put(task.name(), step(task)));
        view.put("steps", steps);
        return view;
    }

    /** As the user wrote it: a leaf that can be undone is a scope of the engine's own. */
    private static String kind(TaskSpec<?> task) {
        boolean isScope = task.isScope() && task.undo().isEmpty();
        return task.isOnce() ? "ONCE" : isScope ? "SCOPE" : "LEAF";
    }

    private Map<String, Object> step(TaskSpec<?> task) {
        Map<String, Object> view = new TreeMap<>();
        view.put("kind", kind(task));
        view.put("formerly", task.formerly());
        view.put("signature", task.signature());
        view.put(
                "parameters",
                task.parameters().stream()
                        .map(parameter -> Map.of("name", parameter.name(), "value", schema(parameter.type())))
                        .toList());
        view.put("result", schema(task.resultType()));
        return view;
    }

    /** The schema that the codec writes; where it has none, the name of the type. */
    private Object schema(TypeRef<?> type) {
        try {
            Object plain = codec.schema(type)
                    .map(text -> codec.decodePlain(text.getBytes(StandardCharsets.UTF_8)))
                    .orElse(null);
            return plain == null ? Map.of("java", type.toString()) : plain;
        } catch (CodecException undescribed) {
            return Map.of("java", type.toString());
        }
    }

    // --- the text ---

    private void print(StringBuilder text, @Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, member) -> sorted.put(String.valueOf(name), member));
            text.append('{');
            for (Iterator<Map.Entry<String, Object>> i = sorted.entrySet().iterator(); i.hasNext(); ) {
                Map.Entry<String, Object> member = i.next();
                line(text, depth + 1).append(scalar(member.getKey())).append(": ");
                print(text, member.getValue(), depth + 1);
                text.append(i.hasNext() ? "," : "");
            }
            line(text, depth).append('}');
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            text.append('[');
            for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
                line(text, depth + 1);
                print(text, i.next(), depth + 1);
                text.append(i.hasNext() ? "," : "");
            }
            line(text, depth).append(']');
        } else {
            text.append(scalar(value));
        }
    }

    private static StringBuilder line(StringBuilder text, int depth) {
        return text.append('\n').append("  ".repeat(depth));
    }

    private String scalar(@Nullable Object value) {
        return new String(JsonCodec.standard().encode(value, PLAIN), StandardCharsets.UTF_8);
    }
}
