/** The annotations of Clew: durable workflows from plain Java methods. */
module dev.clew.annotations {
    exports dev.clew.annotations;
}
