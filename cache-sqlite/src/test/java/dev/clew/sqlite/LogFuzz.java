package dev.clew.sqlite;

import dev.clew.checkpoint.LogRecord;
import dev.clew.contracts.lab.DamagedLog;
import dev.clew.fuzz.Choices;
import dev.clew.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whole runs over logs that somebody changed who knows the format: shown, gone on with, or refused, and soon.
 *
 * <p>The input is a list of changes: which record, which change, where and what.
 */
final class LogFuzz implements FuzzTarget {
    private static final int CHANGES = 6;

    private final DamagedLog logs = new DamagedLog();

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(new byte[0]);
        for (byte record = 0; record < 12; record++) {
            for (byte change = 0; change < CHANGES; change++) {
                seeds.add(new byte[] {record, change, 3, 2, 1});
            }
        }
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        logs.use(sound -> changed(sound, new Choices(input)));
    }

    private static List<LogRecord> changed(List<LogRecord> sound, Choices choices) {
        List<byte[]> contents = new ArrayList<>();
        sound.forEach(record -> contents.add(Arrays.copyOf(record.bytes(), record.bytes().length - 4)));
        for (int changes = 0; changes < 8 && !choices.isEmpty() && !contents.isEmpty(); changes++) {
            change(contents, choices);
        }
        List<LogRecord> log = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            long seq = i < sound.size() ? sound.get(i).seq() : log.get(i - 1).seq() + 1;
            log.add(new LogRecord(seq, DamagedLog.sealed(contents.get(i))));
        }
        return log;
    }

    private static void change(List<byte[]> contents, Choices choices) {
        int which = choices.below(contents.size());
        byte[] content = contents.get(which).clone();
        switch (choices.below(CHANGES)) {
            case 0 -> {
                if (content.length > 0) {
                    content[choices.below(content.length)] = (byte) choices.octet();
                }
                contents.set(which, content);
            }
            case 1 -> contents.set(which, spliced(content, choices));
            case 2 -> contents.set(which, Arrays.copyOf(content, choices.below(content.length + 1)));
            case 3 -> contents.set(which, contents.get(choices.below(contents.size())));
            case 4 -> contents.add(which, contents.get(choices.below(contents.size())));
            default -> contents.remove(which);
        }
    }

    /** Bytes put in place of others. */
    private static byte[] spliced(byte[] content, Choices choices) {
        int from = choices.below(content.length + 1);
        int to = from + choices.below(content.length - from + 1);
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        made.write(content, 0, from);
        made.writeBytes(choices.bytes(choices.below(32)));
        made.write(content, to, content.length - to);
        return made.toByteArray();
    }
}
