package dev.clew.sim;

import dev.clew.graph.random.GraphProgram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a program makes of a text, however it is disturbed: the same rules as the {@link Interpreter}'s, without an engine. */
final class Model {
    private Model() {}

    static String value(Program program, String text) {
        return switch (program.kind()) {
            case TASK, FAIL, FLAKY, SLOW, CACHED, EFFECT, SCOPE, SLOW_SCOPE, CHILD, GRAPH -> {
                String started = started(program, text);
                yield program.isLeaf() ? started : Interpreter.mix(started);
            }
            case SEQ -> {
                String last = text;
                for (Program part : program.below()) {
                    last = value(part, last);
                }
                yield last;
            }
            case FAN -> {
                List<String> values = new ArrayList<>();
                program.below().forEach(part -> values.add(started(part, text)));
                if (program.n() == 2) {
                    Collections.reverse(values);
                }
                yield Interpreter.mix(program.n() > 2 ? List.of(text) : values);
            }
            case DETACHED ->
                switch (program.n()) {
                    case Program.JOINED ->
                        Interpreter.mix(value(program.below().get(0), Interpreter.mix(program.id(), text)));
                    case Program.LAUNCHED -> Interpreter.mix("launched", text);
                    default -> Interpreter.mix("let go", text);
                };
            case ASK -> {
                String last = text;
                for (int i = 0; i < program.n(); i++) {
                    last = Interpreter.answer(program.id() + "." + i + last);
                }
                yield last;
            }
            case RACE, LAPSE -> Interpreter.mix("decided", text);
            case TRY -> Interpreter.mix("caught", text);
            case GUARD -> value(program.below().get(0), text);
            case RACE_FLAKY -> Interpreter.mix("raced", text);
            case WITHIN -> Interpreter.mix("within", text);
            case CANCEL -> Interpreter.mix("cancel", text);
            case PATCH -> Interpreter.mix("patched", text);
            case DRAFT -> Interpreter.mix("draft", text);
            case SLEEP, DRAW -> text;
        };
    }

    /** What a part gives that is started as a task. */
    private static String started(Program program, String text) {
        return switch (program.kind()) {
            case TASK, FAIL, FLAKY, SLOW, EFFECT -> Interpreter.mix(program.id(), text);
            case CACHED -> Interpreter.cached(text);
            case GRAPH -> GraphProgram.of(program.n() / 2).value();
            case CHILD, SCOPE -> value(program.below().get(0), text);
            case SLOW_SCOPE -> started(program.below().get(0), text);
            default -> value(program, text);
        };
    }
}
