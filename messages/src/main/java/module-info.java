/** Messages of a conversation with a model, and the port to models. */
module dev.clew.messages {
    exports dev.clew.messages;
    exports dev.clew.model;

    requires transitive dev.clew.annotations;
    requires static transitive org.jspecify;
}
