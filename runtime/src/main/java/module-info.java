/** Runs, records and replays durable workflows. Its engine is not exported. */
module dev.clew.runtime {
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires tools.jackson.databind;
}
