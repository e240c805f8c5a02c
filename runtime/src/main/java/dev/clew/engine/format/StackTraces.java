package dev.clew.engine.format;

import dev.clew.task.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The stack traces of a failure and its causes, compressed, because the frames of causes repeat.
 *
 * <pre>
 * traces = int length, deflated utf-8: each frame ends with a line feed, each trace with another one
 * </pre>
 */
final class StackTraces {
    /** More than the frames of all causes need; what is longer was not written by us. */
    private static final int MAX_TEXT = 1 << 22;

    private StackTraces() {}

    /** Writes nothing if there are none, as earlier releases did. */
    static void write(Failure failure, DataOutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean any = false;
        for (@Nullable Failure next = failure; next != null; next = next.cause()) {
            for (String frame : next.stackTrace()) {
                text.append(frame.replace('\n', ' ')).append('\n');
                any = true;
            }
            text.append('\n');
        }
        if (!any) {
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes)) {
            deflated.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        out.writeInt(bytes.size());
        bytes.writeTo(out);
    }

    /** The failure with its stack traces, if any were stored. */
    static Failure read(Failure failure, DataInputStream in) throws IOException {
        if (in.available() == 0) {
            return failure;
        }
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("stack traces of " + length + " bytes do not fit");
        }
        InflaterInputStream inflated = new InflaterInputStream(new ByteArrayInputStream(in.readNBytes(length)));
        return with(failure, traces(new String(inflated.readNBytes(MAX_TEXT), StandardCharsets.UTF_8)));
    }

    private static Failure with(Failure bare, Deque<List<String>> traces) {
        List<String> own = traces.isEmpty() ? List.of() : traces.remove();
        Failure cause = bare.cause();
        Failure below = cause == null ? null : with(cause, traces);
        return new Failure(bare.types(), bare.message(), bare.path(), bare.attempts(), below, own);
    }

    private static Deque<List<String>> traces(String text) {
        Deque<List<String>> traces = new ArrayDeque<>();
        List<String> trace = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.isEmpty()) {
                traces.add(trace);
                trace = new ArrayList<>();
            } else {
                trace.add(line);
            }
        }
        return traces;
    }
}
