import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints the part of the lines that tests reach, by module, and fails if it is below the module's floor. */
class Floor {
    private record Lines(long missed, long covered) {
        Lines plus(Lines more) {
            return new Lines(missed + more.missed, covered + more.covered);
        }

        double percent() {
            return 100.0 * covered / Math.max(1, missed + covered);
        }
    }

    /** @param args JaCoCo's report as CSV, and a file with lines {@code MODULE PERCENT} */
    public static void main(String... args) throws IOException {
        Map<String, Lines> modules = read(Path.of(args[0]));
        boolean holds = !modules.isEmpty();
        for (String line : Files.readAllLines(Path.of(args[1]))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.strip().split("\\s+");
            Lines lines = modules.get(parts[0]);
            if (lines == null) {
                continue; // of a build of some modules alone
            }
            double floor = Double.parseDouble(parts[1]);
            boolean isBelow = lines.percent() < floor;
            holds &= !isBelow;
            System.out.printf(
                    "%-32s %5.1f %% of %6d lines, floor %4.1f%s%n",
                    parts[0], lines.percent(), lines.missed() + lines.covered(), floor, isBelow ? "   BELOW" : "");
        }
        if (!holds) {
            System.err.println("tests reach less than the floor: add tests, or lower it in coverage/floor.txt and say why");
            System.exit(1);
        }
    }

    private static Map<String, Lines> read(Path report) throws IOException {
        List<String> rows = Files.readAllLines(report);
        List<String> titles = List.of(rows.get(0).split(","));
        int module = titles.indexOf("GROUP");
        int missed = titles.indexOf("LINE_MISSED");
        int covered = titles.indexOf("LINE_COVERED");
        Map<String, Lines> modules = new TreeMap<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            String name = cells[module].substring(cells[module].lastIndexOf('/') + 1);
            modules.merge(name, new Lines(Long.parseLong(cells[missed]), Long.parseLong(cells[covered])), Lines::plus);
        }
        return modules;
    }
}
