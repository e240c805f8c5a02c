package dev.clew.benchmarks.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code benchmarks/run peers [STEPS THREADS CALLS]}: the same workloads in Clew, LangGraph4j, and LangGraph for Python and
 * JavaScript where those are installed; medians, side by side.
 */
public final class PeersCommand {
    private PeersCommand() {}

    /**
     * Measures, and prints the table.
     *
     * @param args how many steps, threads and calls, then a file of lines that the other languages' programs printed
     */
    public static void main(String[] args) throws Exception {
        OursBesidePeers java =
                new OursBesidePeers(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        List<PeerTime> times = new ArrayList<>(java.measure());
        times.addAll(lines(Path.of(args[3])));
        System.out.print(PeerTable.of(times, OursBesidePeers.OURS));
        System.out.println(
                "\nAll store synchronously. On SQLite a commit of Clew and of LangGraph for Python waits for the disk;"
                        + "\none of LangGraph for JavaScript does not, since its library's default in WAL mode is NORMAL.");
    }

    static List<PeerTime> lines(Path file) throws Exception {
        JsonMapper mapper = JsonMapper.builder().build();
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("{"))
                .map(line -> mapper.readValue(line, PeerTime.class))
                .toList();
    }
}
