package dev.clew.processor.validate;

/** Every rule about flows: its code, which never changes its meaning, what is wrong, and what to do. */
public enum Rule implements CodedRule {
    FLOW_KIND(1, "'%s' is %s; only a class can be a flow", "move the annotated methods to a class or a record"),
    FLOW_PRIVATE(
            2,
            "'%s' is private, or in a private class; generated code cannot name it",
            "make it, and the classes around it, package-private or wider"),
    FLOW_INNER(3, "'%s' is an inner class; it would drag the object around it along", "declare it static"),
    FLOW_GENERIC(
            4,
            "'%s' has type variables; values could not be decoded exactly",
            "use concrete types; or make it abstract, to lend its tasks to a subclass that names the types"),
    FLOW_ABSTRACT(
            5,
            "'%s' is abstract and has %s; nothing could run it",
            "move it to a concrete subclass; an abstract class may only lend tasks that need no …Tasks handle"),
    FLOW_WITHOUT_ENTRYPOINT(
            6,
            "'%s' has tasks but no entrypoint; nothing could call them",
            "annotate the method that calls them with @Entrypoint, or make the class abstract to lend its tasks"),
    NAME_TAKEN(7, "'%s' is to be generated for '%s', but there is another type of that name", "rename one of the two"),

    METHOD_PRIVATE(8, "%s is private; generated code calls it directly", "make it package-private or wider"),
    METHOD_STATIC(9, "%s is static; steps are methods of the flow object", "remove 'static'"),
    METHOD_ABSTRACT(10, "%s is abstract; there is nothing to run", "annotate the method that implements it"),
    METHOD_GENERIC(
            11,
            "%s has type variables; values could not be decoded exactly",
            "use concrete types, or write a method for each"),
    METHOD_UNREACHABLE(
            12,
            "%s is inherited from '%s' in another package and is not public; generated code cannot call it",
            "make it public, or override it here and annotate the override"),
    METHOD_OVERLOADED(
            13, "another step of this flow has the method name '%s' too", "give each annotated method its own name"),
    METHOD_NAME_RESERVED(
            14, "%s is named like a method that generated types have", "rename the method; name = \"…\" is not enough"),
    METHOD_BOTH(15, "'%s' is both @Task and @Entrypoint", "keep one; an entrypoint can be called like a task anyway"),
    NAME_INVALID(
            16, "the name of %s %s", "use 1 to 100 characters, not blank at either end, without control characters"),
    NAME_DUPLICATE(
            17,
            "another %s of this flow is recorded as '%s' too",
            "write a name = \"…\" of its own for one of them: the log tells them apart by it"),

    INPUT_TWICE(18, "%s has more than one business parameter", "put them in a record: an entrypoint takes one value"),
    INPUT_COMMAND(
            19,
            "%s takes '%s' as its input, which would be mistaken for %s",
            "take a value type; an entrypoint without input has no business parameter"),
    CONTEXT_IN_SCOPE(
            20,
            "%s takes TaskContext, which is for tasks without Run and …Tasks",
            "take Run, which has all that TaskContext has"),
    PREVIOUS_IN_TASK(
            21,
            "%s takes @Previous; what the last run saved is for entrypoints only",
            "take it in the entrypoint, and pass it to the task as an argument"),
    PREVIOUS_TYPE(
            22,
            "@Previous is '%s', but the entrypoint saves '%s'",
            "give both the same type; it saves what it returns, or the S of a Final<R, S>"),
    PREVIOUS_PRIMITIVE(
            23, "@Previous is '%s', but nothing is saved before the first run", "write @Previous Optional<%2$s>"),
    CONTEXT_TYPE(
            24,
            "@Context is '%s'; a context is found by its class alone",
            "take a class or interface without type arguments, of your own if need be"),
    INJECTED_TWICE(25, "parameter '%s' is asked for in two ways: %s", "keep one"),
    HANDLE_MISPLACED(
            26,
            "'%s' is a handle of Clew's, not a value",
            "take only the …Tasks of the flow itself, by itself; call other flows through Run.invoke"),

    TYPE_STREAM(
            27,
            "'%s' cannot be recorded: it can be read only once",
            "pass a value: a list, a text, a byte[], a record"),
    TYPE_FUTURE(
            28,
            "'%s' cannot be recorded: it is not a value yet",
            "pass the value itself; a step may only return a CompletionStage or CompletableFuture as a whole"),
    TYPE_CODE(
            29, "'%s' cannot be recorded: it is code or lives in this process only", "pass the data that it works on"),
    TYPE_FINAL(
            30,
            "'%s' is out of place: it says what an entrypoint returns and what it saves",
            "only an entrypoint returns it, or a CompletionStage of it; elsewhere write the type of the value"),
    TYPE_UNREACHABLE(
            31,
            "'%s' cannot be named by generated code",
            "make it, and the classes around it, public, or package-private in the package of the flow"),
    TYPE_OPEN(
            32,
            "'%s' is open: what is recorded cannot be decoded to the class that it was",
            "use a record, a concrete class or a sealed type; or teach the codec, and compile with -Aclew.values=codec"),
    TYPE_UNRESOLVED(33, "'%s' cannot be found", "import it, create it, or correct its name"),

    DURATION_UNREADABLE(34, "%s \"%s\" is %s", "write \"PT0.5S\", \"PT30S\", \"PT2M\" or \"P7D\""),
    DURATION_NOT_POSITIVE(35, "%s \"%s\" is not positive", "write a longer one, or remove it for the default"),
    RETRY_NUMBER(36, "%s %s is less than 1", "write 1 or more"),
    RETRY_JUDGES(37, "a @Retry has %s", "write a @Retry for each: the first that accepts a failure decides"),
    RETRY_PREDICATE(
            38,
            "'%s' cannot be made by generated code",
            "make it a top-level or static nested class that is not private, and give it a constructor without parameters"),
    CACHED_TWICE(39, "%s has more than one @Cached", "keep one"),
    CACHE_VERSION(40, "the cache version is blank", "write a version, such as \"2\""),
    CACHE_KEY_UNKNOWN(41, "'%s' has no method '%s'", "name a static method of the class that declares the task"),
    CACHE_KEY_MISFIT(
            42,
            "'%s' does not fit as a cache key of %s: it %s",
            "write a static method that takes the task's business parameters, returns a value and throws nothing checked"),

    RUNTIME_MISSING(
            43,
            "Clew's runtime is not on the class path or module path of '%s'",
            "depend on dev.clew:clew-runtime, and require dev.clew.runtime in a module"),
    OPTION_UNKNOWN(44, "the option %s is '%s'", "give the compiler -A%1$s= and one of: %3$s"),
    MODULE_CLOSED(
            45,
            "'%s' is in a package that the module '%s' keeps to itself; the codec cannot read its values",
            "write 'opens %3$s to dev.clew.runtime;' in module-info.java, or export it and make the type public"),
    FLOW_COMPACT(
            46,
            "'%s' is in a compact source file, which declares a class that generated code cannot name",
            "declare a class around it, or move it to a file that does"),
    RETRY_INTERVALS(
            47,
            "initialInterval \"%s\" is longer than maxInterval \"%s\", so no delay would be that long",
            "write a longer maxInterval, or a shorter initialInterval"),
    STEP_OVERRIDDEN(
            48,
            "'%s' overrides %s of '%s' without its annotation, so it would be no step",
            "annotate it too; or rename it, if it is not meant to be that step"),
    RUNTIME_MISFIT(
            49,
            "'%s' needs a runtime that keeps contract %s, and the one on its class path or module path %s",
            "use clew-processor and clew-runtime of the same version"),
    NAME_FORMER(
            55,
            "the former name '%s' of %s %s",
            "remove it: what was recorded under one former name belongs to one method"),
    EFFECT_OF_SCOPE(
            56,
            "%s is ONCE, and a scope: its code runs again in each replay",
            "take no …Tasks and no Run; do what acts in a task of its own, and ask before its call"),
    EFFECT_CACHED(57, "%s is ONCE, and its result may be taken from a cache", "remove one of the two"),
    EFFECT_RETRIED(
            58,
            "%s is ONCE and is retried, but no failure of it says that nothing was done",
            "name such failures in notDone, or a method in reconcile; else a person is asked at once"),
    EFFECT_OPTION(
            59, "%s has %s without effect = Effect.ONCE", "say that its effect must not happen twice, or remove it"),
    RECONCILE_UNKNOWN(60, "'%s' has no method '%s'%s", "name a method of the class"),
    RECONCILE_MISFIT(
            61,
            "'%s' does not say what became of %s: it %s",
            "write an instance method with the same parameters but those with @Context, and a TaskContext if it wants one"),
    EFFECT_WITHOUT_ID(
            62,
            "%s is ONCE and takes no TaskContext, so the outside world cannot tell a repetition",
            "take a TaskContext, and give its effectId() to whoever acts"),
    UNDO_OF_SCOPE(
            63,
            "%s has undo, and is a scope: what it does is done by the tasks that it calls",
            "give undo to the tasks that act, or take no …Tasks and no Run"),
    UNDO_CACHED(64, "%s has undo, and its result may be taken from a cache", "remove one of the two"),
    UNDO_UNKNOWN(65, "'%s' has no method '%s'%s", "name a method of the class that declares the task"),
    UNDO_MISFIT(
            66,
            "'%s' does not undo %s: it %s",
            "write an instance method that returns nothing, with the task's business parameters, then 'Optional' of its result if it"
                    + " wants that, and a TaskContext if it wants one"),
    METHOD_SUSPENDS(
            67,
            "%s is a suspend function, and a suspended coroutine is neither recorded nor resumed",
            "write it without suspend: call tasks and join() them; in a task, call suspend functions in runBlocking { }");

    private final int number;
    private final String problem;
    private final String fix;

    Rule(int number, String problem, String fix) {
        this.number = number;
        this.problem = problem;
        this.fix = fix;
    }

    @Override
    public Text text() {
        return new Text(number, problem, fix);
    }

    /** What can be run only wants to be known. */
    @Override
    public Finding.Severity severity() {
        return this == TYPE_OPEN || this == MODULE_CLOSED || this == EFFECT_WITHOUT_ID
                ? Finding.Severity.NOTE
                : Finding.Severity.ERROR;
    }
}
