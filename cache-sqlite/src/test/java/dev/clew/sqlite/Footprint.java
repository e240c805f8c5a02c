package dev.clew.sqlite;

import dev.clew.contracts.lab.Census;
import dev.clew.contracts.lab.LiveThreads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.management.JMException;

/** What this process holds: heap after all garbage was collected, objects of our own, file handles, Java threads. */
record Footprint(long heap, long ours, long handles, int threads, long resident, double load) {
    private static final long MEGABYTE = 1 << 20;

    static Footprint take() throws IOException, JMException {
        Census census = Census.take(); // collects all garbage
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Footprint(
                heap,
                census.bytes(),
                openHandles(),
                LiveThreads.count(),
                residentBytes(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** 0 where the system does not tell. */
    private static long openHandles() throws IOException {
        Path folder = Path.of("/proc/self/fd");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> handles = Files.list(folder)) {
            return handles.count();
        }
    }

    private static long residentBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "heap=%.1f MB (ours %.2f MB) handles=%d threads=%d resident=%d MB load=%.1f",
                (double) heap / MEGABYTE,
                (double) ours / MEGABYTE,
                handles,
                threads,
                resident / MEGABYTE,
                load);
    }
}
