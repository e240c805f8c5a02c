package dev.clew.contracts.engine;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.OnStores;
import dev.clew.contracts.Stores;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.lab.SteppedWorld;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.WhenInterrupted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The root of suites that hold the engine to its promises over every checkpointer and durability. An adapter has each suite
 * once in its {@link dev.clew.contracts.ContractList}; the tests take a {@link Durability} as their parameter.
 */
public abstract class EngineSuite implements OnStores {
    protected static final RunConfig T = RunConfig.thread("t");

    /** The same thread, whose pending questions a new input drops. */
    protected static final RunConfig ABANDONING = T.whenInterrupted(WhenInterrupted.ABANDON);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir
    private Path places;

    private int opens;

    /** A fresh, empty place, closed after the test. */
    protected final Stores newStores(Clock clock) throws Exception {
        Path place = Files.createDirectory(places.resolve(Integer.toString(++opens)));
        return opened(openStores(place, clock));
    }

    /** A fresh, empty store. */
    protected Checkpointer newStore() throws Exception {
        return newStores(Clock.systemUTC()).checkpointer();
    }

    /** A fresh, empty store whose clock a stepped machine has, too. */
    protected final Checkpointer newStore(SteppedWorld world) throws Exception {
        return newStores(world.clock()).checkpointer();
    }

    /** A laboratory over a fresh store whose clock a stepped machine has, too; closed after the test. */
    protected Lab lab(Durability durability, SteppedWorld world) throws Exception {
        return opened(new Lab(newStore(world), durability));
    }

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
