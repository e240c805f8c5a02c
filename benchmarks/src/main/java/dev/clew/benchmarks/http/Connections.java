package dev.clew.benchmarks.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Many connections that read streams, on one thread. */
final class Connections implements AutoCloseable {
    private final URI server;
    private final Selector selector = Selector.open();
    private final List<One> all = new CopyOnWriteArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
    private final List<Long> lags = new ArrayList<>();
    private final Thread reader = new Thread(this::readAll, "connections");
    private volatile boolean over;

    /** How a connection is read. */
    enum Pace {
        /** As fast as it comes; its lines are looked at. */
        FAST,
        /** 64 KB four times a second. */
        SLOW,
        /** Not at all. */
        STALLED
    }

    /** One connection: how much it has read, and what of a line. */
    final class One {
        private final SocketChannel channel;
        private final Pace pace;
        private final StringBuilder line = new StringBuilder();
        private final AtomicLong bytes = new AtomicLong();
        private volatile long newsAt;
        private volatile boolean ended;

        One(SocketChannel channel, Pace pace) {
            this.channel = channel;
            this.pace = pace;
        }

        long bytes() {
            return bytes.get();
        }

        /** When something came last, of {@link System#nanoTime()}. */
        long newsAt() {
            return newsAt;
        }

        boolean hasEnded() {
            return ended;
        }

        private void read() {
            buffer.clear();
            try {
                int count = channel.read(buffer);
                newsAt = System.nanoTime();
                if (count < 0) {
                    ended = true;
                    channel.close();
                    return;
                }
                bytes.addAndGet(count);
            } catch (IOException cut) {
                ended = true;
                return;
            }
            buffer.flip();
            while (pace == Pace.FAST && buffer.hasRemaining()) {
                char next = (char) buffer.get();
                if (next != '\n') {
                    line.append(next);
                } else {
                    told(line.toString());
                    line.setLength(0);
                }
            }
        }
    }

    /** A line such as {@code data: 1764550000000000} has the time at which it was told, in microseconds. */
    private void told(String line) {
        if (line.matches("data: \\d{16}\\r?")) {
            long at = Long.parseLong(line.substring(6).strip());
            synchronized (lags) {
                lags.add(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - at);
            }
        }
    }

    Connections(String address) throws IOException {
        server = URI.create(address);
        reader.setDaemon(true);
        reader.start();
    }

    /** Sends a request and reads what comes. */
    One open(String method, String path, String body, Pace pace) throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (pace != Pace.FAST) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 << 10);
        }
        channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + content.length + "\r\n\r\n";
        channel.write(ByteBuffer.wrap((head + body).getBytes(StandardCharsets.UTF_8)));
        channel.configureBlocking(false);
        One one = new One(channel, pace);
        all.add(one);
        if (pace == Pace.FAST) {
            channel.register(selector, SelectionKey.OP_READ, one);
            selector.wakeup();
        }
        return one;
    }

    private void readAll() {
        long slowAt = System.nanoTime();
        try {
            while (!over) {
                selector.select(
                        key -> {
                            if (key.attachment() instanceof One one) {
                                one.read();
                            }
                        },
                        50);
                if (System.nanoTime() - slowAt > 250_000_000L) {
                    slowAt = System.nanoTime();
                    all.stream()
                            .filter(one -> one.pace == Pace.SLOW && !one.ended)
                            .forEach(One::read);
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException("the connections cannot be read", broken);
        }
    }

    /** How late each told time came, in microseconds, the shortest first. */
    List<Long> lags() {
        synchronized (lags) {
            return lags.stream().sorted().toList();
        }
    }

    /** A channel that is closed while a selector has it keeps its socket, so the selector is closed, too. */
    @Override
    public void close() throws IOException {
        over = true;
        selector.wakeup();
        try {
            reader.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        for (One one : all) {
            one.channel.close();
        }
        selector.close();
    }
}
