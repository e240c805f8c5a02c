package dev.clew.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a program and a server, and cuts connections when a message comes: before the server gets it, or once it has it and
 * before the program hears of it.
 */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger before = new AtomicInteger();
    private final AtomicInteger after = new AtomicInteger();
    private volatile int serverPort;

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
                if (cuts && spend(before)) {
                    break;
                }
                boolean last = cuts && spend(after);
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
        } catch (IOException over) {
            // as good as its end
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static boolean spend(AtomicInteger cuts) {
        return cuts.get() > 0 && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
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
