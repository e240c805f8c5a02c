/** Runs, records and replays durable workflows. Its engine is not exported. */
@SuppressWarnings("module") // the test kit is built later, Jackson 2 need not be there
module dev.clew.runtime {
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires transitive dev.clew.messages;
    requires transitive tools.jackson.databind;

    exports dev.clew.json;
    exports dev.clew.json.message;
    exports dev.clew.value;
    exports dev.clew;
    exports dev.clew.cache;
    exports dev.clew.checkpoint;
    exports dev.clew.effect;
    exports dev.clew.flow;
    exports dev.clew.index;
    exports dev.clew.interrupt;
    exports dev.clew.queue;
    exports dev.clew.schedule;
    exports dev.clew.spi;
    exports dev.clew.state;
    exports dev.clew.store;
    exports dev.clew.stream;
    exports dev.clew.task;
    exports dev.clew.verify;

    uses dev.clew.schedule.TicksReader;

    opens dev.clew.effect to
            tools.jackson.databind,
            com.fasterxml.jackson.databind;
    opens dev.clew.flow to
            tools.jackson.databind,
            com.fasterxml.jackson.databind;
    opens dev.clew.interrupt to
            tools.jackson.databind,
            com.fasterxml.jackson.databind;
    opens dev.clew.state to
            tools.jackson.databind,
            com.fasterxml.jackson.databind;
    opens dev.clew.verify to
            tools.jackson.databind,
            com.fasterxml.jackson.databind;

    exports dev.clew.engine.events to
            dev.clew.testing;
    exports dev.clew.engine.log to
            dev.clew.testing;
    exports dev.clew.engine.world to
            dev.clew.testing;
}
