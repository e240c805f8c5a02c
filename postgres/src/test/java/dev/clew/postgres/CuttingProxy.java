package dev.clew.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a program and a server, and cuts connections when a message comes: before the server gets it, or once it has it and
 * before the program hears of it.
 */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger before = new AtomicInteger();
    private final AtomicInteger after = new AtomicInteger();
    private final AtomicLong messages = new AtomicLong();
    private volatile int serverPort;
    private volatile CountDownLatch stalled = new CountDownLatch(0);
    private volatile long stallAt = Long.MAX_VALUE;
    private volatile Cut cut = new Cut(0, 0, 0);
    private volatile String textCut = "";

    /**
     * Which messages are cut, counted from when this began: the first number of each pair. A cut takes place once.
     *
     * @param since how many messages had passed when this began
     */
    private record Cut(long since, long before, long after) {}

    CuttingProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        daemon("clew-proxy", this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on, connections lead to this server. */
    void leadTo(int port) {
        serverPort = port;
    }

    /** The next message of any connection never arrives. */
    void cutBefore() {
        before.incrementAndGet();
    }

    /** The next message of any connection arrives, and its answer does not. */
    void cutAfter() {
        after.incrementAndGet();
    }

    /** The next message of any connection that contains this arrives, and its answer does not. */
    void cutAfter(String text) {
        textCut = text;
    }

    /** Whether the message of {@link #cutAfter(String)} has come. */
    boolean isCut() {
        return textCut.isEmpty();
    }

    /** From now on messages are counted; the one of this number never arrives. */
    void cutBefore(long number) {
        cut = new Cut(messages.get(), number, 0);
    }

    /** From now on messages are counted; the one of this number arrives, and its answer does not. */
    void cutAfter(long number) {
        cut = new Cut(messages.get(), 0, number);
    }

    /** From now on messages are counted; that of this number and all later ones wait, as if the program had been stopped. */
    void stall(long number) {
        stalled = new CountDownLatch(1);
        cut = new Cut(messages.get(), 0, 0);
        stallAt = number;
    }

    /** Whether messages wait. */
    boolean isStalled() {
        return counted() >= stallAt;
    }

    /** What waits goes on. */
    void goOn() {
        stallAt = Long.MAX_VALUE;
        stalled.countDown();
    }

    /** How many messages have come since {@link #cutBefore(long)} or {@link #cutAfter(long)}. */
    long counted() {
        return messages.get() - cut.since();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                daemon("clew-proxy-to", () -> pump(client, server, true));
                daemon("clew-proxy-from", () -> pump(server, client, false));
            } catch (IOException unreachable) {
                // the server is away, or this is closed
            }
        }
    }

    private void pump(Socket from, Socket to, boolean cuts) {
        byte[] buffer = new byte[65_536];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Cut now = cut;
                long number = cuts ? messages.incrementAndGet() - now.since() : -1;
                if (cuts && spend(before) || number == now.before()) {
                    break;
                }
                if (number >= stallAt) {
                    stalled.await();
                }
                boolean last = cuts && (spend(after) || spendText(buffer, read)) || number == now.after();
                if (last) {
                    // The answer finds nobody.
                    from.close();
                }
                out.write(buffer, 0, read);
                out.flush();
                if (last) {
                    break;
                }
            }
        } catch (IOException | InterruptedException over) {
            // as good as its end
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static boolean spend(AtomicInteger cuts) {
        return cuts.get() > 0 && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private boolean spendText(byte[] buffer, int length) {
        String wanted = textCut;
        if (wanted.isEmpty() || !new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(wanted)) {
            return false;
        }
        textCut = "";
        return true;
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
