package dev.clew.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Members one after the other, each with the length of its name and bytes: for codecs whose format has no objects. */
final class MemberFrames {
    private MemberFrames() {}

    static byte[] write(Map<String, byte[]> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(members.size());
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                writeBytes(out, member.getKey().getBytes(UTF_8));
                writeBytes(out, member.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Map<String, byte[]> read(byte[] frames) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(frames))) {
            for (int left = in.readInt(); left > 0; left--) {
                String name = new String(readBytes(in), UTF_8);
                if (members.put(name, readBytes(in)) != null) {
                    throw new CodecException("an object has two members of one name", "$." + name, null);
                }
            }
            if (in.available() > 0) {
                throw new CodecException("more than one object is stored", "$", null);
            }
        } catch (IOException e) {
            throw new CodecException("what is stored is no object, or is cut off", "$", e);
        }
        return members;
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length + " does not fit");
        }
        return in.readNBytes(length);
    }
}
