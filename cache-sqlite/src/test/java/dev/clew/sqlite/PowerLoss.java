package dev.clew.sqlite;

import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.Child;
import dev.clew.flow.Durability;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.sqlite.PowerlessDisk.Keeps;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import dev.clew.value.ClewException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Lets the power fail at many points of a recorded life of a database, and looks for what was promised. */
final class PowerLoss {
    private static final int FINISHED_EVERY = 8;

    private final Durability durability;
    private final Path folder;
    private final boolean lies;
    private final Random random = new Random(7);
    private final List<String> lost = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private int points;

    private PowerLoss(Durability durability, Path folder, boolean lies) {
        this.durability = durability;
        this.folder = folder;
        this.lies = lies;
    }

    /** How often the power failed, and what was gone, or not as it should be. */
    record Report(int writes, int syncs, int points, List<String> lost, List<String> wrong) {
        @Override
        public String toString() {
            return "writes=" + writes + " syncs=" + syncs + " points=" + points + " lost=" + lost.size() + " wrong="
                    + wrong.size();
        }
    }

    /** The shared library that records, made in this folder; null where there is no compiler for it. */
    static Path recorder(Path folder) throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null;
        }
        Path source = folder.resolve("recorded-writes.c");
        Path library = folder.resolve("recorded-writes.so");
        try (InputStream code = PowerLoss.class.getResourceAsStream("/recorded-writes.c")) {
            Files.write(source, code.readAllBytes());
        }
        try {
            Process compiler = new ProcessBuilder(
                            "gcc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("gcc.txt").toFile())
                    .start();
            return compiler.waitFor(60, TimeUnit.SECONDS) && compiler.exitValue() == 0 ? library : null;
        } catch (IOException none) {
            return null;
        }
    }

    /** What a process does to its files, from its first write to its end. */
    static List<WriteLog> recorded(Path folder, Path recorder, Durability durability) throws Exception {
        Path log = folder.resolve("writes");
        Path life = Files.createDirectory(folder.resolve("life"));
        Map<String, String> environment = Map.of(
                "LD_PRELOAD", recorder.toString(),
                "CLEW_WRITE_LOG", log.toString(),
                "CLEW_WRITE_FOLDER", life.toString());
        try (Child child = Child.start(environment, PowerProcess.class, life.toString(), durability.name())) {
            child.rest();
            while (child.isAlive()) {
                Thread.sleep(5);
            }
            if (!child.isDone()) {
                throw new IllegalStateException("the process to be recorded failed");
            }
        }
        return WriteLog.read(log);
    }

    static Report check(Durability durability, Path folder, List<WriteLog> log, int most, boolean lies)
            throws Exception {
        return new PowerLoss(durability, folder, lies).check(log, most);
    }

    private Report check(List<WriteLog> log, int most) throws Exception {
        Set<Integer> chosen = new TreeSet<>();
        for (int i = 0; i < most; i++) {
            chosen.add((int) ((long) log.size() * i / most) + random.nextInt(Math.max(1, log.size() / most)));
        }
        PowerlessDisk disk = new PowerlessDisk(lies);
        Set<String> acknowledged = new HashSet<>();
        for (int at = 0; at < log.size(); at++) {
            if (chosen.contains(at)) {
                for (Keeps keeps : Keeps.values()) {
                    failAt(at, keeps, disk, acknowledged);
                }
            }
            if (log.get(at).isAcknowledgement()) {
                acknowledged.add(log.get(at).text());
            } else {
                disk.does(log.get(at));
            }
        }
        int writes = (int) log.stream().filter(each -> each.what() == 'W').count();
        int syncs = (int) log.stream().filter(each -> each.what() == 'S').count();
        return new Report(writes, syncs, points, lost, wrong);
    }

    private void failAt(int at, Keeps keeps, PowerlessDisk disk, Set<String> acknowledged) throws Exception {
        points++;
        String where = durability + " at " + at + " keeping " + keeps;
        Path here = Files.createDirectory(folder.resolve("point-" + (lies ? "lie-" : "") + points));
        Path database = here.resolve("power.db");
        disk.fail(database, keeps, random);
        try {
            look(database, where, acknowledged);
            requireSound(database, where);
        } catch (ClewException | SQLException broken) {
            wrong.add(where + ": " + broken);
        }
        try (var files = Files.list(here)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(here);
    }

    private void look(Path database, String where, Set<String> acknowledged) {
        try (Sqlite db = Sqlite.open(database);
                Lab lab = PowerProcess.lab(db, durability, (what, thread) -> {})) {
            for (int i = 0; i < PowerProcess.THREADS; i++) {
                String thread = "t" + i;
                look(lab.workflow().state(thread), where + ", " + thread, thread, acknowledged);
                if (points % FINISHED_EVERY == 0) {
                    finish(lab, thread, where);
                }
            }
        }
    }

    private void look(ThreadState<String> state, String where, String thread, Set<String> acknowledged) {
        Set<Integer> done = new TreeSet<>();
        for (StepState step : state.steps()) {
            if (step.name().matches("s\\d+") && step.status() == StepState.Status.SUCCEEDED) {
                done.add(Integer.valueOf(step.name().substring(1)));
            }
        }
        for (int i = 0; i < done.size(); i++) {
            check(done.contains(i), wrong, where + ": s" + i + " is not there, and later ones are");
        }
        boolean exit = durability == Durability.EXIT;
        for (int i = 0; i < PowerProcess.STEPS && durability == Durability.SYNC; i++) {
            requireKept(acknowledged, "saw" + i, thread, done.contains(i), where);
        }
        requireKept(acknowledged, "began", thread, exit || state.runId() != null, where);
        requireKept(acknowledged, "paused", thread, done.size() >= PowerProcess.ASKING, where);
        requireKept(acknowledged, "answered", thread, exit || state.pending().isEmpty(), where);
        boolean over = state.status() == ThreadStatus.IDLE && PowerProcess.VALUE.equals(state.value());
        requireKept(acknowledged, "done", thread, over, where);
        check(
                !exit || done.isEmpty() || done.size() == PowerProcess.ASKING || over,
                wrong,
                where + ": a part of an exit point, " + done.size() + " steps");
    }

    private void requireKept(Set<String> acknowledged, String what, String thread, boolean kept, String where) {
        check(kept || !acknowledged.contains(what + " " + thread), lost, where + ": " + what);
    }

    private void finish(Lab lab, String thread, String where) {
        RunResult<String> result = lab.workflow().invoke("x", PowerProcess.config(thread));
        if (result instanceof RunResult.Interrupted<String>) {
            result = lab.workflow().invoke(Command.resume("yes"), PowerProcess.config(thread));
        }
        check(PowerProcess.VALUE.equals(result.value()), wrong, where + ": " + thread + " ends otherwise");
    }

    private void requireSound(Path database, String where) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA integrity_check")) {
            String verdict = found.next() ? found.getString(1) : "nothing";
            check("ok".equals(verdict), wrong, where + ": " + verdict);
        }
    }

    private static void check(boolean holds, List<String> otherwise, String what) {
        if (!holds) {
            otherwise.add(what);
        }
    }
}
