package dev.clew.testing;

import dev.clew.checkpoint.CheckpointRecord;
import dev.clew.checkpoint.LogRecord;
import dev.clew.checkpoint.RunRecord;
import dev.clew.state.CheckpointSource;
import dev.clew.state.ThreadStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a recording: a line for each fact, so that a difference between two files shows which step changed.
 *
 * <pre>
 * clew-log 1
 * workflow | name                      thread | id          clock | instant           end | text
 * run | id | opening checkpoint | output or - | seed | started at | status
 * checkpoint | id | run or - | parent or - | source | step | made at | values name=base64,… | metadata key=value,…
 * call | path | ordinal | argument…    log | what it says | base64
 * </pre>
 *
 * Fields are separated by tabs and percent-encoded.
 */
final class GoldenFile {
    private static final String VERSION = "clew-log\t1";
    private static final String NONE = "-";

    private GoldenFile() {}

    static void save(Recording recording, Path file) {
        List<String> lines = new ArrayList<>(List.of(VERSION));
        lines.add(line("workflow", recording.workflow()));
        lines.add(line("thread", recording.threadId()));
        lines.add(line("clock", recording.clock().toString()));
        lines.add(line("end", recording.end()));
        lines.add(run(recording.run()));
        recording.checkpoints().forEach(checkpoint -> lines.add(checkpoint(checkpoint)));
        recording.calls().forEach(call -> lines.add(call(call)));
        recording
                .log()
                .forEach(record -> lines.add(line("log", LogLine.of(Crashes.read(record)), base64(record.bytes()))));
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, lines);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String line(String kind, String... fields) {
        return kind + Arrays.stream(fields).map(field -> "\t" + encode(field)).collect(Collectors.joining());
    }

    private static String encode(String text) {
        return text.codePoints()
                .mapToObj(c -> c < ' ' || c == '%' || c == '=' || c == ','
                        ? URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String orNone(@Nullable String text) {
        return text == null ? NONE : text;
    }

    private static String run(RunRecord run) {
        return line(
                "run",
                run.runId(),
                run.inputCheckpoint(),
                orNone(run.outputCheckpoint()),
                String.valueOf(run.seed()),
                run.startedAt().toString(),
                run.status().name(),
                String.valueOf(run.number()));
    }

    private static String checkpoint(CheckpointRecord checkpoint) {
        String head = line(
                "checkpoint",
                checkpoint.id(),
                orNone(checkpoint.runId()),
                orNone(checkpoint.parentId()),
                checkpoint.source().name(),
                String.valueOf(checkpoint.step()),
                checkpoint.createdAt().toString());
        Map<String, String> values = new TreeMap<>();
        checkpoint.values().forEach((name, bytes) -> values.put(encode(name), base64(bytes)));
        Map<String, String> metadata = new TreeMap<>();
        checkpoint.metadata().forEach((key, value) -> metadata.put(encode(key), encode(value)));
        return head + '\t' + entries(values) + '\t' + entries(metadata);
    }

    private static String entries(Map<String, String> map) {
        return map.entrySet().stream().map(e -> e.getKey() + '=' + e.getValue()).collect(Collectors.joining(","));
    }

    private static String call(Calls.Call call) {
        List<String> fields = new ArrayList<>(List.of(call.path(), String.valueOf(call.ordinal())));
        fields.addAll(call.arguments());
        return line("call", fields.toArray(String[]::new));
    }

    static Recording load(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        if (lines.isEmpty() || !lines.get(0).equals(VERSION)) {
            throw new IllegalArgumentException(file + " is no saved log of this version: it begins with '"
                    + (lines.isEmpty() ? "" : lines.get(0)) + "', not with '" + VERSION + "'");
        }
        return new Reading(lines.subList(1, lines.size())).recording();
    }

    /** The lines of a file, by their kind. */
    private static final class Reading {
        /** Where a run's number stands; files of older versions have none. */
        private static final int RUN_NUMBER = 6;

        private final Map<String, List<List<String>>> byKind = new HashMap<>();

        Reading(List<String> lines) {
            for (String line : lines) {
                List<String> fields = List.of(line.split("\t", -1));
                byKind.computeIfAbsent(fields.get(0), kind -> new ArrayList<>()).add(fields.subList(1, fields.size()));
            }
        }

        private List<List<String>> all(String kind) {
            return byKind.getOrDefault(kind, List.of());
        }

        private List<String> one(String kind) {
            List<List<String>> found = all(kind);
            if (found.size() != 1) {
                throw new IllegalArgumentException("a saved log has one line '" + kind + "', not " + found.size());
            }
            return found.get(0);
        }

        Recording recording() {
            return new Recording(
                    decode(one("workflow").get(0)),
                    decode(one("thread").get(0)),
                    Instant.parse(decode(one("clock").get(0))),
                    run(one("run")),
                    all("checkpoint").stream().map(Reading::checkpoint).toList(),
                    log(),
                    all("call").stream().map(Reading::call).toList(),
                    decode(one("end").get(0)));
        }

        private List<LogRecord> log() {
            List<LogRecord> log = new ArrayList<>();
            all("log").forEach(fields -> log.add(new LogRecord(log.size(), bytes(fields.get(1)))));
            return log;
        }

        private static RunRecord run(List<String> fields) {
            return new RunRecord(
                    decode(fields.get(0)),
                    fields.size() > RUN_NUMBER ? Integer.parseInt(fields.get(RUN_NUMBER)) : 1,
                    decode(fields.get(1)),
                    orNull(fields.get(2)),
                    Long.parseLong(fields.get(3)),
                    Instant.parse(fields.get(4)),
                    ThreadStatus.valueOf(fields.get(5)),
                    null);
        }

        private static CheckpointRecord checkpoint(List<String> fields) {
            Map<String, byte[]> values = new HashMap<>();
            entries(fields.get(6)).forEach((name, value) -> values.put(name, bytes(value)));
            Map<String, String> metadata = new HashMap<>();
            entries(fields.get(7)).forEach((key, value) -> metadata.put(key, decode(value)));
            return new CheckpointRecord(
                    decode(fields.get(0)),
                    orNull(fields.get(1)),
                    orNull(fields.get(2)),
                    CheckpointSource.valueOf(fields.get(3)),
                    Integer.parseInt(fields.get(4)),
                    Instant.parse(fields.get(5)),
                    values,
                    metadata);
        }

        private static Map<String, String> entries(String text) {
            Map<String, String> map = new HashMap<>();
            for (String entry : text.isEmpty() ? new String[0] : text.split(",")) {
                int equals = entry.indexOf('=');
                map.put(decode(entry.substring(0, equals)), entry.substring(equals + 1));
            }
            return map;
        }

        private static Calls.Call call(List<String> fields) {
            List<String> decoded = fields.stream().map(Reading::decode).toList();
            return new Calls.Call(decoded.get(0), Integer.parseInt(decoded.get(1)), decoded.subList(2, decoded.size()));
        }

        private static @Nullable String orNull(String field) {
            return field.equals(NONE) ? null : decode(field);
        }

        private static String decode(String field) {
            return URLDecoder.decode(field.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        private static byte[] bytes(String field) {
            return Base64.getUrlDecoder().decode(field);
        }
    }
}
