package dev.clew.sqlite;

import dev.clew.fuzz.FuzzTarget;
import dev.clew.json.CodecFuzz;
import dev.clew.json.MigrationFuzz;
import dev.clew.value.EnvelopeFuzz;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** All that is fuzzed, by the names that {@code testing/fuzz} knows. */
enum FuzzTargets {
    CODEC(folder -> new CodecFuzz()),
    MIGRATIONS(folder -> new MigrationFuzz()),
    ENVELOPES(folder -> new EnvelopeFuzz()),
    ENTRIES(folder -> new EntryFuzz()),
    LOGS(folder -> new LogFuzz()),
    DOORS(DoorsFuzz::new),
    DOCUMENTS(DocumentsFuzz::new),
    FILES(FilesFuzz::new);

    private final Function<Path, FuzzTarget> made;

    FuzzTargets(Function<Path, FuzzTarget> made) {
        this.made = made;
    }

    /** A new target, which may leave files in the folder. */
    FuzzTarget in(Path folder) {
        return made.apply(folder);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FuzzTargets named(String name) {
        return Stream.of(values())
                .filter(target -> target.toString().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no target '" + name + "'; there are " + List.of(values())));
    }
}
