package dev.clew.engine.world;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine tells operators, all under one name. */
public final class EngineLog {
    public static final Logger LOG = LoggerFactory.getLogger("dev.clew");

    private EngineLog() {}
}
