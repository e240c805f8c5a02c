package dev.clew.engine.format;

import dev.clew.checkpoint.CheckpointException;
import dev.clew.task.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clear stored form of a failure: class names, message, path, attempts, then the cause likewise; at the end, since a
 * later release, the stack traces of the failure and of its causes.
 *
 * <pre>
 * stored  = failure [StackTraces]
 * failure = count text*  has-message [text]  text  attempts  has-cause [failure]
 * text    = int length, utf-8
 * </pre>
 */
public final class FailureFormat {
    private FailureFormat() {}

    public static byte[] write(Failure failure) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(failure, out);
            StackTraces.write(failure, out);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(Failure failure, DataOutputStream out) throws IOException {
        out.writeInt(failure.types().size());
        for (String type : failure.types()) {
            text(type, out);
        }
        String message = failure.message();
        out.writeBoolean(message != null);
        if (message != null) {
            text(message, out);
        }
        text(failure.path(), out);
        out.writeInt(failure.attempts());
        Failure cause = failure.cause();
        out.writeBoolean(cause != null);
        if (cause != null) {
            write(cause, out);
        }
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static Failure read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return StackTraces.read(read(in), in);
        } catch (IOException damaged) {
            throw new CheckpointException("a recorded failure is damaged; restore the database from a backup", damaged);
        }
    }

    private static Failure read(DataInputStream in) throws IOException {
        List<String> types = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            types.add(text(in));
        }
        @Nullable String message = in.readBoolean() ? text(in) : null;
        String path = text(in);
        int attempts = in.readInt();
        return new Failure(types, message, path, attempts, in.readBoolean() ? read(in) : null);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of " + length + " bytes does not fit");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
