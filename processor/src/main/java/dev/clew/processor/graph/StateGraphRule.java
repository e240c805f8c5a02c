package dev.clew.processor.graph;

import dev.clew.processor.validate.CodedRule;

/**
 * Every rule about annotated graphs that is not one about the shape of a graph: its code, which never changes its meaning, what
 * is wrong, and what to do.
 */
public enum StateGraphRule implements CodedRule {
    GRAPH_KIND(240, "'%s' cannot be a graph: %s", "annotate a class that is static if it is nested, and not private"),
    GRAPH_STATE(241, "'%s' is no state", "name a record that is annotated @State"),
    NODE_METHOD(
            242,
            "%s is %s; generated code calls it on the graph's object",
            "make it a method that is not private, static, abstract or generic"),
    PARAMETER_UNKNOWN(
            243,
            "parameter '%s' of %s is not sent to it, is no handle, and is no component of '%s'%s",
            "name a component, take what a node sends, or mark what the builder is given with @Context"),
    PARAMETER_TYPE(244, "parameter '%s' is '%s', but the component of that name is '%s'", "give both the same type"),
    PARAMETER_KINDS(
            245,
            "parameter '%s' has the name of a component, and a type that is sent to nodes",
            "rename it; or wrap what is sent in a record of its own"),
    SENT_TWICE(
            246, "%s takes more than one value that is sent", "keep one: a node runs once for each that is sent to it"),
    FAILURE_MISPLACED(
            247,
            "%s takes Failure, which only a method with @OnError has",
            "remove it, or annotate the method @OnError"),
    UPDATE_MISFIT(248, "%s returns '%s', which is no update of '%s'", "return '%4$s', made by its update()"),
    WRITES_TYPE(
            249,
            "%s returns '%s', and '%s' takes '%s'",
            "return what the component's method of the update takes; to add elements to a list, mark it @Append"),
    WRITES_UPDATE(250, "%s returns an update, and says what it writes", "remove writes; or return the value alone"),
    WRITES_NOTHING(251, "%s returns nothing, and says that it writes '%s'", "return the value, or remove writes"),
    HANDLER_NODE(252, "%s stands in for '%s', which is no node of the graph%s", "name a node"),
    HANDLER_TWICE(253, "'%s' has more than one method with @OnError", "keep one"),
    HANDLER_SENT(
            254, "%s takes a sent '%s', which its node '%s' does not", "take only what the node may take, and Failure"),
    INPUT_METHOD(
            255,
            "%s cannot be the graph's input: %s",
            "write one method with one parameter, which returns an update of the state"),
    OUTPUT_METHOD(
            256,
            "%s cannot be the graph's output: %s",
            "write one method that takes components or the state, and returns a value"),
    GRAPH_ENTRYPOINT(257, "%s is in a graph, which is its own entry", "move it to a class of its own"),
    SUPERSTEP_CACHED(258, "%s is cached, and takes Superstep, which is not part of the key", "remove one of the two"),
    NODE_CONSTANT(259, "nodes '%s' and '%s' would have the same constant '%s'", "rename one of them"),
    SUBGRAPH_TYPE(
            260,
            "'%s' is no class with @StateGraph, and no Agent or Workflow with its types",
            "annotate the class, or write a node that calls what it is"),
    SUBGRAPH_PRIVATE(261, "'%s' is private; generated code reads it", "make it package-private or wider"),
    SUBGRAPH_CYCLE(262, "'%s' contains itself: %s", "call it from the code of a node instead"),
    SUBGRAPH_MEMBER(
            264,
            "'%s' cannot be a graph in a graph: %s",
            "write a field that is not static, or a method without parameters that throws nothing checked"),
    INHERITED_UNNAMED(
            265,
            "%s is inherited from '%s', which was compiled without the names of parameters",
            "compile it with -parameters; or override the method here, with its annotation"),
    GRAPH_UNMARKED(
            266,
            "'%s' has members that only a graph can have, and is none",
            "annotate it @StateGraph; or make it abstract, to lend its nodes to graphs"),
    METHOD_ROLES(267, "'%s' has more than one role: %s", "keep one of the annotations"),
    METHOD_RESERVED(
            268,
            "'%s' has the name of the method that makes updates, and hides it where that is imported",
            "rename it"),
    EFFECT_ROUTED(
            269,
            "%s is ONCE or has undo, and returns an update with a route: a person could not say both",
            "return the update, or the route; the node after it does the other"),
    SUBGRAPH_INPUT(
            270,
            "the input of '%s' cannot be made of the state: %s",
            "name the component with reads, or write a node that calls it"),
    SUBGRAPH_OUTPUT(
            271,
            "'%s' gives '%s', and no component of '%s' takes that",
            "name the component with writes, or write a node that calls it");

    private final int number;
    private final String problem;
    private final String fix;

    StateGraphRule(int number, String problem, String fix) {
        this.number = number;
        this.problem = problem;
        this.fix = fix;
    }

    @Override
    public Text text() {
        return new Text(number, problem, fix);
    }
}
