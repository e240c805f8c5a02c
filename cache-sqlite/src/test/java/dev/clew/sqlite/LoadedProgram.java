package dev.clew.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A small program, for each input always the same, that does a little of all: tasks alone and side by side, cached, inside of
 * others and with failures, children, races, naps and questions. Its value depends on every outcome and their order.
 */
final class LoadedProgram {
    private static final int CACHED_ARGUMENTS = 1_000;

    private LoadedProgram() {}

    /** Does what the program says, by a run's durable calls or by itself alone. */
    interface Hands {
        String step(String argument);

        /** A step whose first attempt fails. */
        String shaky(String argument);

        String cached(String argument);

        List<String> beside(List<String> arguments);

        /** Steps inside of a task. */
        String inside(String argument);

        String child(String argument);

        /** A step that wins against a timer. */
        String raced(String argument);

        String asked(String question);

        void nap(long millis);
    }

    /** Needs nobody: gives at once what a run must give in the end. */
    private static final class Alone implements Hands {
        @Override
        public String step(String argument) {
            return work(argument);
        }

        @Override
        public String shaky(String argument) {
            return work(argument);
        }

        @Override
        public String cached(String argument) {
            return work(argument);
        }

        @Override
        public List<String> beside(List<String> arguments) {
            return arguments.stream().map(LoadedProgram::work).toList();
        }

        @Override
        public String inside(String argument) {
            return several(argument, this);
        }

        @Override
        public String child(String argument) {
            return several(argument, this);
        }

        @Override
        public String raced(String argument) {
            return work(argument);
        }

        @Override
        public String asked(String question) {
            return answer(question);
        }

        @Override
        public void nap(long millis) {}
    }

    /** What a run of this input gives, on a thread whose last run gave this. */
    static String expected(String input, String previous) {
        return play(input, previous, new Alone());
    }

    static String play(String input, String previous, Hands hands) {
        Random choice = new Random(input.hashCode());
        String value = mixed(input, previous);
        int length = 3 + choice.nextInt(8);
        for (int at = 0; at < length; at++) {
            value = mixed(value, one(choice.nextInt(20), value, hands));
        }
        return value;
    }

    private static String one(int kind, String value, Hands hands) {
        return switch (kind) {
            case 0 -> hands.asked(value);
            case 1, 2 ->
                hands.beside(List.of(value + 1, value + 2, value + 3, value + 4)).stream()
                        .reduce("", LoadedProgram::mixed);
            case 3 -> hands.shaky(value);
            case 4, 5 -> hands.cached(Integer.toString(Math.floorMod(value.hashCode(), CACHED_ARGUMENTS)));
            case 6, 7 -> hands.inside(value);
            case 8 -> hands.child(value);
            case 9 -> hands.raced(value);
            case 10 -> napped(value, hands);
            default -> hands.step(value);
        };
    }

    /** Mostly too short to give up the thread for it. */
    private static String napped(String value, Hands hands) {
        int millis = Math.floorMod(value.hashCode(), 20);
        hands.nap(millis == 0 ? 100 : millis);
        return "napped";
    }

    /** What scopes within do. */
    static String several(String argument, Hands hands) {
        List<String> outcomes = new ArrayList<>();
        String value = argument;
        for (int i = 0; i < 3; i++) {
            value = hands.step(value);
            outcomes.add(value);
        }
        return outcomes.stream().reduce("", LoadedProgram::mixed);
    }

    /** What a leaf gives. */
    static String work(String argument) {
        return mixed(argument, "worked");
    }

    /** What a person says. */
    static String answer(Object question) {
        return mixed(String.valueOf(question), "answered");
    }

    private static String mixed(String value, String more) {
        return Integer.toHexString((value + more).hashCode());
    }
}
