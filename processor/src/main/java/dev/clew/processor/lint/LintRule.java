package dev.clew.processor.lint;

import java.util.Locale;
import javax.tools.Diagnostic;

/** Every alarm: its code, which never changes its meaning, the word that silences it, what is wrong and what to do. */
public enum LintRule {
    CLOCK(101, "clock", "'%s' reads the clock, and a replay reads it again", "ask run.now(), or read it in a @Task"),
    RANDOM(
            102,
            "random",
            "'%s' is chance, and a replay draws other numbers",
            "draw from run.random(), or in a @Task; a generator with a fixed seed is fine"),
    UUID(103, "uuid", "'%s' differs on each replay", "ask run.randomUuid(), or make it in a @Task"),
    THREAD(
            104,
            "thread",
            "'%s' leaves the scope's thread; durable calls fail on others, and the order of threads is not replayed",
            "start several tasks before the first join: they run concurrently"),
    SLEEP(
            105,
            "sleep",
            "'%s' holds the thread, and a replay waits once more",
            "call run.sleep(…), which survives a restart, or wait in a @Task"),
    ENVIRONMENT(
            106,
            "environment",
            "'%s' depends on the machine, and a replay may run on another",
            "read it in a @Task, or before the run and pass it as input or @Context"),
    IO(
            107,
            "io",
            "'%s' reaches outside of the run, where a replay may find something else or do it twice",
            "do it in a @Task, whose result is recorded"),
    ORDER(
            108,
            "order",
            "'%s' has no order of its own, and it decides the order of durable calls",
            "sort it first, or keep the values in a list, a LinkedHashMap or a LinkedHashSet"),
    FIELD(
            109,
            "field",
            "'%s' is a field; all runs share the flow object, and a replay changes it again",
            "keep the state of a run in local variables, or return it from a @Task"),
    DIRECT_CALL(
            110,
            "direct-call",
            "'%s' is called directly: nothing is recorded, retried or cached, and a replay runs it again",
            "call it through the …Tasks handle"),
    FUTURE(
            111,
            "future",
            "'%s' leaves the scope, but a future is of use only to the scope that made it",
            "join it and pass its value on"),
    CATCH(
            112,
            "catch",
            "'%s' catches the signal that unwinds this scope when the run pauses",
            "catch Exception instead, or throw what was caught again"),
    LOCAL(
            113,
            "local",
            "'%s' is lost: the compiler shows a processor no class in a body, so nothing is generated for it",
            "move the annotated methods to a top-level or static nested class");

    private final int number;
    private final String word;
    private final String problem;
    private final String fix;

    LintRule(int number, String word, String problem, String fix) {
        this.number = number;
        this.word = word;
        this.problem = problem;
        this.fix = fix;
    }

    /** The code. */
    public String code() {
        return "CLEW" + number;
    }

    /** How it is reported. A step that nobody will ever run is a mistake whatever the mode. */
    Diagnostic.Kind kind(LintMode mode) {
        return this == LOCAL ? Diagnostic.Kind.ERROR : mode.kind();
    }

    /** What {@code @SuppressWarnings} names to silence it. */
    public String silencer() {
        return "clew-" + word;
    }

    /**
     * The code, what is wrong, where, and on a line of its own what to do.
     *
     * @param what the code that is underlined, shortened to a name
     * @param where the method that it is in, and who calls that
     */
    public String message(String what, String where) {
        return code() + ": in " + where + " " + String.format(Locale.ROOT, problem, what) + "\n  fix: " + fix
                + "\n  if it is meant: @SuppressWarnings(\"" + silencer() + "\")";
    }
}
