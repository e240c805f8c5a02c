package dev.clew.server.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Sends bytes as they are: no client library that would clean a path or refuse a header. */
final class RawHttp {
    private static final int LONGEST_BODY = 1 << 16;

    private final URI server;

    RawHttp(URI server) {
        this.server = server;
    }

    /**
     * What came back.
     *
     * @param status zero if the server closed the connection without an answer
     * @param body as much of it as came within a second
     */
    record Answer(int status, String headers, String body) {
        boolean json() {
            return headers.toLowerCase(Locale.ROOT).contains("content-type: application/json");
        }
    }

    /** Sends one request with a JSON body, or without a body. */
    Answer send(String method, String target, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + target + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nConnection: close\r\n"
                + (bytes.length > 0 ? "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n" : "")
                + "\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head.getBytes(StandardCharsets.ISO_8859_1));
        request.write(bytes);
        return send(request.toByteArray());
    }

    /** Sends these bytes on a connection of their own. */
    Answer send(byte[] request) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (IOException refused) {
                // a server may answer and close before it read all of a large body
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String headers = headers(in);
            if (headers.isEmpty()) {
                return new Answer(0, "", "");
            }
            int status = Integer.parseInt(headers.substring(9, 12));
            socket.setSoTimeout(1_000);
            return new Answer(status, headers, headers.contains("text/event-stream") ? "" : body(in));
        }
    }

    private static String headers(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                text.append((char) c);
                if (text.length() >= 4 && text.substring(text.length() - 4).equals("\r\n\r\n")) {
                    return text.toString();
                }
            }
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException reset) {
            return "";
        }
        return "";
    }

    private static String body(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0 && body.size() < LONGEST_BODY; n = in.read(buffer)) {
                body.write(buffer, 0, n);
            }
        } catch (IOException endOrReset) {
            // what came is enough
        }
        return body.toString(StandardCharsets.UTF_8);
    }
}
