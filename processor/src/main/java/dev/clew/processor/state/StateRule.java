package dev.clew.processor.state;

import dev.clew.processor.validate.CodedRule;

/** Every rule about states: its code, which never changes its meaning, what is wrong, and what to do. */
public enum StateRule implements CodedRule {
    STATE_KIND(230, "'%s' is %s; only a record can be a state", "declare a record with a component for each value"),
    STATE_GENERIC(231, "'%s' has type variables; its values could not be decoded exactly", "use concrete types"),
    STATE_PRIVATE(
            232,
            "'%s' is private, or in a private class; generated code cannot name it",
            "make it, and the classes around it, package-private or wider"),
    STATE_EMPTY(233, "'%s' has no components, so no node could write anything", "declare a component for each value"),
    COMPONENT_RESERVED(
            234, "component '%s' has the name of a method that the generated update has", "rename the component"),
    REDUCER_TWICE(235, "component '%s' has more than one reducer: %s", "keep one of the annotations"),
    REDUCER_MISFIT(
            236,
            "no reducer of @%s folds values of the type '%s'",
            "change the type of the component, or name a Reducer<V, U> whose V is that type"),
    REDUCER_UNMAKEABLE(
            237,
            "'%s' cannot be made by generated code",
            "make it an enum with one constant, or a static class with a constructor that takes %s"),
    REDUCED_NULLABLE(
            238,
            "component '%s' is @Nullable and has a reducer, so it is never null: it begins with the reducer's identity",
            "remove @Nullable"),
    FORMER_NAME(239, "the former name '%s' of component '%s' %s", "remove it: one name leads to one component"),
    GRAPH_MISSING(
            263,
            "Clew's graphs are not on the class path or module path of '%s'",
            "depend on dev.clew:clew-graph, and require dev.clew.graph in a module");

    private final int number;
    private final String problem;
    private final String fix;

    StateRule(int number, String problem, String fix) {
        this.number = number;
        this.problem = problem;
        this.fix = fix;
    }

    @Override
    public Text text() {
        return new Text(number, problem, fix);
    }
}
