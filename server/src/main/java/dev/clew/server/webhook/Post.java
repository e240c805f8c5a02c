package dev.clew.server.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a document, and reads the status of the answer. The host's name is looked up once, and that address is what is
 * connected to; redirects are not followed. That is why this is not {@code java.net.http}, which looks up itself.
 *
 * <p>A whole exchange has a time, after which its connection is closed: a receiver that reads or answers byte by byte keeps no
 * thread.
 *
 * @param allowsPrivate whether the address may be one of this machine or of a private network
 * @param longest how long an exchange may take
 * @param clock closes connections whose time is over
 */
record Post(boolean allowsPrivate, Duration longest, ScheduledExecutorService clock) {
    static final Duration LONGEST = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger("dev.clew.server");
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ANSWERING = Duration.ofSeconds(15);
    private static final int LONGEST_LINE = 1_000;

    /** The host's name leads to where nothing may be sent. */
    static final class PrivateAddressException extends IOException {
        private static final long serialVersionUID = 1L;

        PrivateAddressException(String message) {
            super(message);
        }
    }

    /** Returns the status of the answer. */
    int send(URI to, byte[] body, Map<String, String> headers) throws IOException {
        InetAddress address = InetAddress.getByName(to.getHost());
        if (!allowsPrivate && isPrivate(address)) {
            throw new PrivateAddressException("the host '" + to.getHost() + "' leads to a private address");
        }
        Socket plain = new Socket();
        AtomicBoolean late = new AtomicBoolean();
        Future<?> end = clock.schedule(
                () -> {
                    // Before: the exchange fails while it is being closed.
                    late.set(true);
                    close(plain);
                },
                longest.toMillis(),
                TimeUnit.MILLISECONDS);
        try (plain) {
            plain.connect(new InetSocketAddress(address, Origins.port(to)), (int) CONNECTING.toMillis());
            plain.setSoTimeout((int) ANSWERING.toMillis());
            if (!"https".equalsIgnoreCase(to.getScheme())) {
                return exchange(plain, to, body, headers);
            }
            try (Socket secured = secured(plain, to)) {
                return exchange(secured, to, body, headers);
            }
        } catch (SocketException failed) {
            if (late.get()) {
                throw new SocketTimeoutException("it took longer than " + longest);
            }
            throw failed;
        } finally {
            boolean unused = end.cancel(false);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failed) {
            LOG.debug("a connection whose time was over could not be closed", failed);
        }
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isUniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean isShared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || isUniqueLocal
                || isShared;
    }

    /** The certificate must be that of the name, whatever the address is. */
    private static SSLSocket secured(Socket plain, URI to) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, to.getHost(), Origins.port(to), false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static int exchange(Socket socket, URI to, byte[] body, Map<String, String> headers) throws IOException {
        String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(to.getRawQuery() == null ? "" : "?" + to.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(to.getRawAuthority())
                .append("\r\nContent-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        socket.getOutputStream().write(request.toByteArray());
        socket.getOutputStream().flush();
        return status(socket.getInputStream());
    }

    private static int status(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r' && c != '\n'; c = in.read()) {
            line.append((char) c);
            if (line.length() > LONGEST_LINE) {
                throw new IOException("the answer is not HTTP/1.1: its first line has no end");
            }
        }
        String[] words = line.toString().split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9][0-9]")) {
            throw new IOException("the answer is not HTTP/1.1");
        }
        return Integer.parseInt(words[1]);
    }
}
