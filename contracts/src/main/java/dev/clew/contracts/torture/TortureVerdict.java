package dev.clew.contracts.torture;

import dev.clew.checkpoint.Checkpointer;
import dev.clew.contracts.lab.Lab;
import dev.clew.contracts.torture.TortureJournal.Line;
import dev.clew.flow.Durability;
import dev.clew.flow.RunConfig;
import dev.clew.flow.RunResult;
import dev.clew.interrupt.Command;
import dev.clew.state.StepState;
import dev.clew.state.ThreadState;
import dev.clew.state.ThreadStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges what tortured processes told and left.
 *
 * <p>A body that has an outcome under SYNC has a durable one, so a body that begins later must find it. An attempt is a
 * duplicate if it is of a body that began after another one, or it itself, had the step's outcome. (A process that was
 * stopped beyond its lease may go on for a moment with a step that its heir has done meanwhile: its body is the older one.)
 */
public final class TortureVerdict {
    private final TortureRound round;
    private final Map<String, String> undisturbed = new HashMap<>();
    private final List<String> duplicates = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> refused = new HashMap<>();
    private long steps;
    private long resumes;

    /** Where in the journal each life began. */
    private final Map<String, Integer> lives = new HashMap<>();

    private final Set<String> begun = new HashSet<>();

    /** The first sight of each step's outcome. */
    private final Map<String, Sight> sights = new HashMap<>();

    private final Map<String, String> told = new HashMap<>();
    private final Map<String, String> answered = new HashMap<>();

    private record Sight(int place, String life, String token) {}

    private TortureVerdict(TortureRound round) {
        this.round = round;
    }

    /**
     * The verdict on a round.
     *
     * @param store where its threads are
     */
    public static TortureVerdict of(TortureRound round, Checkpointer store) throws IOException {
        TortureVerdict verdict = new TortureVerdict(round);
        verdict.runUndisturbed();
        List<Line> lines = new TortureJournal(round.folder()).lines();
        for (int i = 0; i < lines.size(); i++) {
            verdict.read(lines.get(i), i);
        }
        verdict.answered.forEach(verdict::judgeAnswer);
        verdict.judgeDatabase(store);
        return verdict;
    }

    public long steps() {
        return steps;
    }

    public long resumes() {
        return resumes;
    }

    public List<String> duplicates() {
        return duplicates;
    }

    public List<String> lost() {
        return lost;
    }

    public List<String> wrong() {
        return wrong;
    }

    /** How often requests came to nothing, by the reason's class. */
    public Map<String, Integer> refused() {
        return refused;
    }

    private void runUndisturbed() {
        try (Lab lab = new Lab(Checkpointer.inMemory(), Durability.ASYNC)
                .body(TorturedProgram.body(new TorturedProgram.Witness() {}))) {
            for (String thread : round.threads()) {
                RunConfig config = RunConfig.thread(thread);
                RunResult<String> result = lab.workflow().invoke(round.input(thread), config);
                while (result instanceof RunResult.Interrupted<String>) {
                    result = lab.workflow().invoke(Command.resume(TorturedProgram.answer("")), config);
                }
                undisturbed.put(thread, result.value());
            }
        }
    }

    private void read(Line line, int place) {
        switch (line.kind()) {
            case BODY -> {
                lives.put(line.thing(0), place);
                resumes += begun.add(line.thing(1)) ? 0 : 1;
            }
            case BEGAN -> judgeAttempt(line.thing(0), line.thing(1));
            case SAW -> judgeSight(line.thing(1), new Sight(place, line.thing(0), line.thing(2)));
            case TOLD -> judgeTold(line.thing(0) + " " + line.thing(1), line.thing(2));
            case ANSWERED -> answered.put(line.thing(0) + " " + line.thing(1), line.thing(2));
            case DONE -> {
                if (!line.thing(1).equals(undisturbed.get(line.thing(0)))) {
                    wrong.add("result of " + line.thing(0) + ": " + line.thing(1));
                }
            }
            case REFUSED -> refused.merge(line.thing(1).replaceAll(":.*", ""), 1, Integer::sum);
            case BAD -> wrong.add("end of " + line.thing(0) + ": " + line.thing(1));
        }
    }

    private boolean isSync() {
        return round.durability() == Durability.SYNC;
    }

    private void judgeAttempt(String life, String step) {
        steps++;
        Sight sight = sights.get(step);
        if (isSync() && sight != null && (sight.life().equals(life) || lives.getOrDefault(life, 0) > sight.place())) {
            duplicates.add(step);
        }
    }

    /** Two bodies that have different tokens have outcomes of different attempts: one was durable and is gone. */
    private void judgeSight(String step, Sight sight) {
        Sight first = sights.putIfAbsent(step, sight);
        if (isSync() && first != null && !first.token().equals(sight.token())) {
            lost.add("outcome of " + step);
        }
    }

    private void judgeTold(String question, String answer) {
        String first = told.putIfAbsent(question, answer);
        if (first != null && !first.equals(answer)) {
            lost.add("answer to " + question);
        }
    }

    private void judgeAnswer(String question, String answer) {
        if (!answer.equals(told.get(question))) {
            lost.add("accepted answer to " + question);
        }
    }

    private void judgeDatabase(Checkpointer store) {
        try (Lab lab =
                new Lab(store, round.durability()).body(TorturedProgram.body(new TorturedProgram.Witness() {}))) {
            for (String thread : round.threads()) {
                judgeThread(lab.workflow().state(thread));
            }
        }
    }

    private void judgeThread(ThreadState<String> state) {
        String thread = state.threadId();
        if (state.status() != ThreadStatus.IDLE || state.value() == null) {
            lost.add("run of " + thread + ", which is " + state.status());
        } else if (!state.value().equals(undisturbed.get(thread))) {
            wrong.add("value of " + thread + ": " + state.value());
        }
        if (isSync()) {
            String prefix = thread + "/" + TortureRound.run(thread) + "/";
            sights.keySet().stream()
                    .filter(step -> step.startsWith(prefix))
                    .filter(step -> state.step(step.substring(prefix.length()))
                            .filter(found -> found.status() == StepState.Status.SUCCEEDED)
                            .isEmpty())
                    .forEach(step -> lost.add("log entry of " + step));
        }
    }
}
