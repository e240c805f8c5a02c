package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenInterrupted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/**
 * The root of suites that hold the engine to its promises over every checkpointer and durability. A module with a
 * checkpointer extends each suite once; the tests take a {@link Durability} as their parameter.
 */
public abstract class EngineSuite {
    protected static final RunConfig T = RunConfig.thread("t");

    /** The same thread, whose pending questions a new input drops. */
    protected static final RunConfig ABANDONING = T.whenInterrupted(WhenInterrupted.ABANDON);

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** A fresh, empty store. */
    protected abstract Checkpointer newStore() throws Exception;

    /** A laboratory over a fresh store, closed after the test. */
    protected Lab lab(Durability durability) throws Exception {
        return opened(new Lab(newStore(), durability));
    }

    protected <T extends AutoCloseable> T opened(T resource) {
        opened.add(0, resource);
        return resource;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }
}
