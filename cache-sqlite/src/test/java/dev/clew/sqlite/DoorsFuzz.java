package dev.clew.sqlite;

import dev.clew.fuzz.Choices;
import dev.clew.fuzz.FuzzTarget;
import dev.clew.sqlite.HostileDoors.Door;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Any text by every door: it comes back as it was, or is refused and nothing stored.
 *
 * <p>The first byte is the number of the door, the others are the text.
 */
public final class DoorsFuzz implements FuzzTarget {
    private static final int USES_OF_A_FILE = 500;

    /** What the doors themselves store something under, or take for an order. */
    private static final Set<String> OURS = Set.of("t", "other", "new");

    private final Path folder;
    private HostileDoors doors;
    private int uses;

    public DoorsFuzz(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Door door : Door.values()) {
            for (String text : List.of("a'b", "a.b[0]", "task:x#1/task:y#2", "\uD83D\uDE00")) {
                seeds.add(((char) door.ordinal() + text).getBytes(StandardCharsets.UTF_8));
            }
            seeds.add(new byte[] {(byte) door.ordinal(), (byte) 0xff, 0, 'a', (byte) 0xd8, 0});
        }
        return seeds;
    }

    @Override
    public void take(byte[] input) throws Exception {
        Choices choices = new Choices(input);
        Door door = Door.values()[choices.below(Door.values().length)];
        String text = choices.restAsText();
        if (OURS.contains(text) || text.startsWith("ask ") || text.startsWith("fail ")) {
            return;
        }
        if (doors == null) {
            doors = new HostileDoors(folder.resolve("doors-" + System.nanoTime() + ".db"));
        }
        boolean sound = false;
        try {
            doors.wrong(door, text).ifPresent(wrong -> {
                throw new AssertionError(door + ": " + wrong);
            });
            sound = true;
        } finally {
            if (!sound || ++uses % USES_OF_A_FILE == 0) {
                doors.close();
                doors = null;
            }
        }
    }
}
