/** Agents: a model that calls tools in a loop, as a graph on the durable engine. */
module dev.clew.agents {
    exports dev.clew.agents;
    exports dev.clew.agents.middleware;
    exports dev.clew.tools;

    requires transitive dev.clew.graph;
    requires transitive dev.clew.messages;
    requires static transitive org.jspecify;
}
