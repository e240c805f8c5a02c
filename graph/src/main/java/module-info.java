/** Graphs whose nodes run in supersteps over a shared state. */
module dev.clew.graph {
    exports dev.clew.graph;
    exports dev.clew.graph.topology;

    requires transitive dev.clew.annotations;
    requires transitive dev.clew.runtime;
    requires static transitive org.jspecify;
    requires org.slf4j;

    opens dev.clew.graph.plan to
            dev.clew.runtime;
}
