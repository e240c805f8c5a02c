package dev.clew.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Tries a target's inputs again without a fuzzer: the seeds, what was ever found, and a few of them put together wrongly. */
public final class FuzzedInputs {
    private FuzzedInputs() {}

    /** Every input that a fuzzer once found something with: the files below {@code dev/clew/fuzz/NAME}, of this module. */
    public static List<Path> found(String name) {
        URL folder = FuzzedInputs.class.getResource("/dev/clew/fuzz/" + name);
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The same inputs each time: what gates a merge does not depend on chance. */
    public static void tryAgain(String name, FuzzTarget target, int mutations) throws Exception {
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        for (Path file : found(name)) {
            inputs.add(Files.readAllBytes(file));
        }
        for (int i = 0, sound = inputs.size(); i < mutations; i++) {
            Random random = new Random(i);
            inputs.add(mutated(inputs.get(random.nextInt(sound)), inputs.get(random.nextInt(sound)), random));
        }
        for (byte[] input : inputs) {
            try {
                target.take(input);
            } catch (Exception | Error finding) {
                throw new AssertionError(name + " " + HexFormat.of().formatHex(input), finding);
            }
        }
    }

    private static byte[] mutated(byte[] one, byte[] other, Random random) {
        byte[] bytes = Arrays.copyOf(one, one.length + random.nextInt(4));
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            if (random.nextInt(3) == 0) {
                int from = random.nextInt(other.length + 1);
                System.arraycopy(other, from, bytes, at, Math.min(other.length - from, bytes.length - at));
            } else {
                bytes[at] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }
}
