package dev.clew.engine.core;

import dev.clew.engine.core.CoreProgram.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a random program on the core of a run, without threads: a seed picks what happens next. The simulation is the
 * engine around the core, reduced to what the core can see: permits, threads that take steps, the store, alarms, answers.
 */
final class CoreSimulation {
    private static final int MOST_EVENTS = 20_000;
    private static final int MOST_ATTEMPTS = 3;
    private static final String CANCELLED = "cancelled";
    private static final String FAILED = "failed";

    private final Random random;
    private final CoreProgram program;
    private final int permitLimit;
    private final long parkAfter;
    private final boolean troubled;

    /** What is recorded, by path; it survives an activation. */
    private final Map<String, Recorded> log = new HashMap<>();

    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Long> deadlines = new HashMap<>();
    /** Who won each race: a replay finds the same. */
    private final Map<String, String> winners = new HashMap<>();

    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> answered = new HashSet<>();
    private long now;
    private long seq;
    private long events;

    private Activation activation;

    CoreSimulation(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.program = CoreProgram.random(random, 3);
        this.permitLimit = 1 + random.nextInt(4);
        this.parkAfter = random.nextBoolean() ? 0 : 1_000;
        this.troubled = random.nextInt(3) == 0;
        this.activation = new Activation();
    }

    private record Recorded(long seq, String outcome) {}

    /** Runs the program to its end, over as many activations as it takes. Gives how many events there were. */
    long run() {
        for (int activations = 0; ; activations++) {
            boolean completed = activation.run();
            if (completed) {
                return events;
            }
            check(activations < 200, "the run comes to no end");
            answered.addAll(asked);
            now = Math.max(now, activation.wakesAt());
            activation = new Activation();
        }
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + "; " + program);
        }
    }

    // --- what the core sees of steps ---

    private final class SimStep extends CoreStep {
        private final @Nullable CoreProgram body;
        private final int fails;

        SimStep(String path, int ordinal, int depth, Kind kind, @Nullable CoreProgram body, int fails) {
            super(path, ordinal, depth, kind);
            this.body = body;
            this.fails = fails;
            failedAttempts(failures.getOrDefault(path, 0));
        }
    }

    private static final class SimAttempt extends CoreAttempt {
        private final SimStep step;
        private final @Nullable SimScope scope;

        SimAttempt(SimStep step) {
            super(step);
            this.step = step;
            this.scope = step.body == null ? null : new SimScope(step, this);
        }

        @Override
        public @Nullable CoreScope coreScope() {
            return scope;
        }
    }

    /** A scope's attempt: its place in its program, and what its thread is doing. */
    private static final class SimScope extends CoreScope {
        private final SimStep step;
        private final SimAttempt attempt;
        private final List<SimStep> calls = new ArrayList<>();
        private int next;
        private @Nullable Wait wait;
        private boolean resuming;
        private boolean gavePermit;
        private boolean failing;
        private boolean returning;

        SimScope(SimStep step, SimAttempt attempt) {
            super(step);
            this.step = step;
            this.attempt = attempt;
        }
    }

    /** Thrown by a scope's code when it joins a step that failed. */
    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    // --- one activation ---

    private final class Activation implements CoreCallbacks {
        private final RunCore core = new RunCore(this, CANCELLED);
        private final List<SimStep> steps = new ArrayList<>();
        private final Map<SimStep, SimAttempt> leaves = new LinkedHashMap<>();
        private final Set<SimScope> threads = new LinkedHashSet<>();
        private final List<Runnable> unacknowledged = new ArrayList<>();
        private final Set<SimAttempt> abandoned = new LinkedHashSet<>();
        private final SimStep root = new SimStep("", 0, 0, CoreStep.Kind.ROOT, program, program.failures());
        /** What the newest attempt of a step has asked. */
        private final Map<SimStep, String> open = new HashMap<>();

        private final Set<String> answeredHere = new HashSet<>();
        private int permits = permitLimit;
        private boolean over;

        // CoreCallbacks

        @Override
        public void resume(CoreScope scope) {
            ((SimScope) scope).resuming = true;
        }

        @Override
        public void abandon(CoreAttempt attempt) {
            abandoned.add((SimAttempt) attempt);
        }

        @Override
        public void givePermit() {
            permits++;
        }

        @Override
        public void clearAlarm(CoreStep step) {}

        /** Runs until it is at rest; true if the run is completed. */
        boolean run() {
            core.beginRun(root);
            steps.add(root);
            core.queue(root, false);
            event(() -> {});
            while (!over) {
                events++;
                check(events < MOST_EVENTS, "the run goes on for ever");
                List<Runnable> next = possible();
                check(!next.isEmpty(), "nothing can go on, and the run is not at rest");
                event(next.get(random.nextInt(next.size())));
            }
            drain();
            check(permits == permitLimit, permits + " permits are left of " + permitLimit);
            return core.stopped() == null && root.phase().isOver();
        }

        /** After the end, threads find out, and give back what they have. */
        private void drain() {
            for (SimStep step : steps) {
                permits += step.isGranted() && core.take(step).permit() ? 1 : 0;
            }
            for (SimAttempt attempt : leaves.values()) {
                permits += core.takePermit(attempt) ? 1 : 0;
            }
            for (SimScope scope : threads) {
                permits += core.takePermit(scope.attempt) ? 1 : 0;
            }
        }

        private void event(Runnable what) {
            what.run();
            int active = 0;
            for (SimStep step : steps) {
                active += step.phase().isActive() ? 1 : 0;
                boolean placed = step.isPlaced() || step.isTimer() || step == root;
                check(step.phase() != StepPhase.SETTLED || placed, step.path() + " is settled and not recorded");
            }
            int blocked = 0;
            for (SimScope scope : threads) {
                blocked += scope.isBlocked() && !scope.isDead() ? 1 : 0;
            }
            boolean busy = core.stopped() == null && active > blocked;
            check(
                    core.isEnded() || core.stopped() != null || core.isActive() == busy,
                    "the counts differ from the steps");
            check(permits >= 0 && permits <= permitLimit, "there are " + permits + " permits");
            if (!over && core.comesToRest(now + parkAfter)) {
                over = true;
                if (core.stopped() == null) {
                    nothingExecutes();
                }
                if (core.stopped() == null && !root.phase().isOver()) {
                    pausesForAReason();
                }
            }
        }

        private void nothingExecutes() {
            Set<StepPhase> executing =
                    Set.of(StepPhase.WAITING, StepPhase.OFFERED, StepPhase.RUNNING, StepPhase.PLACED);
            for (SimStep step : steps) {
                check(
                        !executing.contains(step.phase()),
                        step.path() + " is " + step.phase() + ", and the run is at rest");
            }
        }

        /** A run that pauses waits for nothing short, and has taken every answer that came. */
        private void pausesForAReason() {
            Map<String, SimStep> newest = new HashMap<>();
            steps.forEach(step -> newest.put(step.path(), step));
            for (SimStep step : newest.values()) {
                boolean sleeps = step.phase() == StepPhase.DORMANT && (!step.isTimer() || step.isAwaited());
                check(!sleeps || step.due() > now + parkAfter, step.path() + " is due soon, and the run paused");
                String question = open.get(step);
                boolean left = step.phase() == StepPhase.PARKED && question != null && answeredHere.contains(question);
                check(
                        !left || waitsAbove(step, newest),
                        question + " was answered, and the run paused without taking it");
            }
        }

        /** Whether a scope around a step is over, or sleeps until its next attempt, which comes to the answer then. */
        private boolean waitsAbove(SimStep step, Map<String, SimStep> newest) {
            boolean waits = false;
            for (int slash = step.path().lastIndexOf('/');
                    slash > 0;
                    slash = step.path().lastIndexOf('/', slash - 1)) {
                StepPhase around = newest.get(step.path().substring(0, slash)).phase();
                waits |= around.isOver() || around == StepPhase.DORMANT;
            }
            return waits || root.phase() == StepPhase.DORMANT;
        }

        long wakesAt() {
            long wakes = Long.MAX_VALUE;
            for (long deadline : deadlines.values()) {
                wakes = deadline > now ? Math.min(wakes, deadline) : wakes;
            }
            return wakes == Long.MAX_VALUE ? now : wakes;
        }

        // --- what can happen ---

        private List<Runnable> possible() {
            List<Runnable> next = new ArrayList<>();
            if (root.phase().isQueued()) {
                next.add(() -> take(root));
            }
            long due = Long.MAX_VALUE;
            for (SimStep step : List.copyOf(steps)) {
                if (step.phase() == StepPhase.WAITING && permits > 0 && step != root) {
                    next.add(() -> offer(step));
                }
                if (step.isGranted()) {
                    next.add(() -> take(step));
                }
                if (step.phase() == StepPhase.DORMANT && (!step.isTimer() || step.isAwaited())) {
                    due = Math.min(due, step.due());
                    if (step.due() <= now) {
                        next.add(() -> goOff(step));
                    }
                }
            }
            leaves.forEach((step, attempt) -> next.add(() -> leafEnds(step, attempt)));
            for (SimScope scope : threads) {
                boolean waits =
                        scope.wait != null && !scope.resuming || scope.resuming && scope.gavePermit && permits == 0;
                if (!waits) {
                    next.add(() -> go(scope));
                }
            }
            if (!unacknowledged.isEmpty()) {
                next.add(this::acknowledge);
            }
            if (due != Long.MAX_VALUE && due > now) {
                long to = due;
                next.add(() -> now = to);
            }
            trouble(next);
            return next;
        }

        private void trouble(List<Runnable> next) {
            for (String question : asked) {
                if (!answered.contains(question) && random.nextInt(8) == 0) {
                    next.add(() -> answer(question));
                }
            }
            if (!troubled || next.isEmpty()) {
                return;
            }
            if (random.nextInt(400) == 0) {
                next.add(() -> core.stop(new Suspension(Suspension.Reason.SHUTDOWN, null)));
            }
            for (SimAttempt attempt : List.copyOf(leaves.values())) {
                if (attempt.step.body == null && attempt.isLive() && random.nextInt(20) == 0) {
                    next.add(() -> timesOut(attempt));
                }
            }
            for (SimScope scope : threads) {
                boolean mayTimeOut = scope.attempt.isLive();
                if (mayTimeOut && random.nextInt(40) == 0) {
                    next.add(() -> timesOut(scope.attempt));
                }
            }
        }

        private void answer(String question) {
            if (!core.hold()) {
                return;
            }
            answered.add(question);
            answeredHere.add(question);
            core.letGo();
            CoreStep again = core.answered(question);
            if (again != null) {
                core.requeued(again, false);
            }
        }

        private void acknowledge() {
            int many = 1 + random.nextInt(unacknowledged.size());
            List<Runnable> batch = new ArrayList<>(unacknowledged.subList(0, many));
            unacknowledged.subList(0, many).clear();
            batch.forEach(Runnable::run);
        }

        private void goOff(SimStep step) {
            if (!step.isTimer()) {
                boolean unused = core.wake(step, false);
                return;
            }
            Races.Ring ring = core.races().rang(step);
            if (ring == Races.Ring.TAKES_PLACE) {
                takePlace(step);
            } else if (ring == Races.Ring.PASSES) {
                core.races().passes(step, "passed");
            }
        }

        // --- steps ---

        private void offer(SimStep step) {
            if (core.offer(step)) {
                permits--;
            }
        }

        private void take(SimStep step) {
            RunCore.Taken taken = core.take(step);
            if (taken.runs()) {
                begin(step, taken.permit());
            } else if (taken.permit()) {
                permits++;
            }
        }

        private void begin(SimStep step, boolean permit) {
            SimAttempt attempt = new SimAttempt(step);
            open.remove(step);
            if (!core.begin(attempt, permit)) {
                permits += core.takePermit(attempt) ? 1 : 0;
            } else if (attempt.scope != null) {
                threads.add(attempt.scope);
            } else {
                leaves.put(step, attempt);
            }
        }

        private void leafEnds(SimStep step, SimAttempt attempt) {
            leaves.remove(step, attempt);
            ended(attempt, step.failedAttempts() < step.fails);
        }

        private void timesOut(SimAttempt attempt) {
            boolean waits = attempt.scope != null && attempt.scope.blockedOn() != null;
            boolean passed = core.limitPassed(attempt);
            check(passed != waits, attempt.step.path() + " is abandoned although it waits, or is not although it runs");
            if (passed) {
                failed(attempt);
            }
        }

        private void ended(SimAttempt attempt, boolean fails) {
            boolean mine = core.leave(attempt);
            permits += core.takePermit(attempt) ? 1 : 0;
            if (mine && fails) {
                failed(attempt);
            } else if (mine && attempt.step == root) {
                core.rootEnded(root);
            } else if (mine && record(attempt.step, "value")) {
                unacknowledged.add(() -> core.settle(attempt.step, "value"));
            }
        }

        private void failed(SimAttempt attempt) {
            SimStep step = attempt.step;
            int made = step.failedAttempts() + 1;
            core.failed(attempt);
            switch (core.afterFailure(step, made, MOST_ATTEMPTS)) {
                case NOTHING -> check(step.isPlaced(), step.path() + " failed, and nothing follows");
                case RETRY -> {
                    failures.put(step.path(), made);
                    deadlines.put(step.path(), now + 5);
                    boolean unused = core.retry(step, made, now + 5);
                }
                case RUN_FAILURE -> core.rootEnded(root);
                case FAILURE -> {
                    if (record(step, FAILED)) {
                        unacknowledged.add(() -> core.settle(step, FAILED));
                    }
                }
            }
        }

        /** Gives a step its place in the log; false if it has one. */
        private boolean record(SimStep step, String outcome) {
            if (step.isPlaced() || core.isEnded()) {
                return false;
            }
            Recorded before = log.put(step.path(), new Recorded(seq, outcome));
            check(before == null, step.path() + " has two outcomes: " + before + " and " + outcome);
            for (int slash = step.path().lastIndexOf('/');
                    slash > 0;
                    slash = step.path().lastIndexOf('/', slash - 1)) {
                Recorded around = log.get(step.path().substring(0, slash));
                boolean dead = around != null && around.outcome().equals(CANCELLED);
                check(!dead, step.path() + " has an outcome in a cancelled scope");
            }
            deadlines.remove(step.path());
            core.place(step, seq++, now);
            return true;
        }

        // --- scopes ---

        private void go(SimScope scope) {
            try {
                if (scope.resuming) {
                    goOn(scope);
                } else {
                    step(scope);
                }
            } catch (Suspension unwinding) {
                leave(scope, unwinding);
            } catch (Thrown failure) {
                scope.failing = true;
            }
        }

        private void goOn(SimScope scope) {
            scope.resuming = false;
            if (scope.gavePermit) {
                scope.gavePermit = false;
                permits -= core.returnPermit(scope.attempt) ? 1 : 0;
            }
            Wait wait = scope.wait;
            if (wait != null) {
                core.resumed(scope, wait);
                scope.wait = null;
            }
            requireUnsealed(scope);
        }

        private void requireUnsealed(SimScope scope) {
            Suspension seal = scope.seal();
            if (seal != null) {
                throw seal.again();
            }
        }

        private void leave(SimScope scope, Suspension by) {
            threads.remove(scope);
            core.settleInline(scope);
            Suspension seal = scope.seal() == null ? by : scope.seal();
            boolean mine = core.leave(scope.attempt);
            permits += core.takePermit(scope.attempt) ? 1 : 0;
            if (mine) {
                core.parkAttempt(scope.attempt, seal).forEach(again -> core.requeued(again, false));
            }
        }

        private void step(SimScope scope) {
            core.settleInline(scope);
            requireUnsealed(scope);
            if (scope.failing || scope.next == scope.step.body.ops().size()) {
                atEnd(scope);
                return;
            }
            Op op = scope.step.body.ops().get(scope.next);
            if (op instanceof Op.Leaf leaf) {
                CoreStep.Kind kind = leaf.limited() ? CoreStep.Kind.APART : CoreStep.Kind.LEAF;
                call(scope, kind, null, leaf.failures(), 0);
            } else if (op instanceof Op.Scope inner) {
                call(
                        scope,
                        CoreStep.Kind.SCOPE,
                        inner.program(),
                        inner.program().failures(),
                        0);
            } else if (op instanceof Op.Timer timer) {
                call(scope, CoreStep.Kind.TIMER, null, 0, timer.after());
            } else if (op instanceof Op.Ask) {
                ask(scope);
            } else if (!done(scope, op)) {
                return;
            }
            scope.next++;
        }

        private void ask(SimScope scope) {
            String question =
                    (scope.step.path().isEmpty() ? "" : scope.step.path() + "/") + "ask:q#" + (scope.next + 1);
            asked.add(question);
            open.put(scope.step, question);
            if (!answered.contains(question)) {
                core.seal(scope, Suspension.parked());
                throw Suspension.parked();
            }
            open.remove(scope.step);
        }

        private void call(SimScope scope, CoreStep.Kind kind, @Nullable CoreProgram body, int fails, long after) {
            int n = scope.calls.size() + 1;
            String path = (scope.step.path().isEmpty() ? "" : scope.step.path() + "/") + "task:t#" + n;
            SimStep orphan =
                    core.hasNoOrphans() || kind == CoreStep.Kind.TIMER ? null : (SimStep) core.adopt(scope, path);
            if (orphan != null && !orphan.isPlaced()) {
                scope.calls.add(orphan);
                return;
            }
            if (orphan != null) {
                core.refuse(scope, orphan);
            }
            SimStep step = new SimStep(path, n - 1, scope.step.depth() + 1, kind, body, fails);
            steps.add(step);
            scope.calls.add(step);
            Recorded recorded = log.get(path);
            if (kind != CoreStep.Kind.TIMER) {
                core.open(scope, step);
            }
            if (recorded != null) {
                core.replay(step, recorded.seq(), now, recorded.outcome());
            } else if (kind == CoreStep.Kind.TIMER) {
                boolean unused = core.sleep(step, deadlines.computeIfAbsent(path, p -> now + after));
            } else {
                boolean unused =
                        core.start(step, failures.getOrDefault(path, 0), deadlines.getOrDefault(path, 0L), now, false);
            }
        }

        /** Whether an operation that may wait is done; if not, the scope waits, or has run a leaf itself. */
        private boolean done(SimScope scope, Op op) {
            if (op instanceof Op.Join join) {
                return joined(scope, scope.calls.get(join.call()), true);
            } else if (op instanceof Op.JoinAll all) {
                boolean done = true;
                for (int call : all.calls()) {
                    done = done && joined(scope, scope.calls.get(call), true);
                }
                return done;
            } else if (op instanceof Op.Race race) {
                return raced(scope, race.calls().stream().map(scope.calls::get).toList());
            } else if (op instanceof Op.JoinWithin within) {
                return inTime(scope, scope.calls.get(within.call()), scope.calls.get(within.limit()));
            } else if (op instanceof Op.Cancel cancel) {
                return cancelled(scope, scope.calls.get(cancel.call()));
            }
            throw new AssertionError(op);
        }

        private boolean joined(SimScope scope, SimStep step, boolean throwing) {
            core.races().joined(step);
            core.races().passDue(List.of(step), now, "passed");
            if (step.phase().isOver()) {
                core.joined(scope, List.of(step));
                if (throwing && FAILED.equals(step.result())) {
                    throw new Thrown();
                }
                return true;
            }
            Suspension parked = core.sealIfParked(scope, step);
            if (parked != null) {
                throw parked;
            }
            if (!runsInline(scope, step)) {
                await(scope, List.of(step), false);
            }
            return false;
        }

        private boolean runsInline(SimScope scope, SimStep step) {
            boolean rootJoins = scope.step == root;
            if (!core.isInlineable(step) || random.nextBoolean()) {
                return false;
            }
            if (!step.isGranted() && rootJoins) {
                if (permits == 0) {
                    return false;
                }
                permits--;
            }
            boolean permit = core.takeInline(step) || rootJoins;
            SimAttempt attempt = new SimAttempt(step);
            boolean begun = core.begin(attempt, permit);
            check(begun, step.path() + " was taken, and did not begin");
            boolean fails = step.failedAttempts() < step.fails;
            if (fails) {
                ended(attempt, true);
                return true;
            }
            boolean mine = core.leave(attempt);
            permits += core.takePermit(attempt) ? 1 : 0;
            if (mine && record(step, "value")) {
                scope.ranInline(step, "value");
            }
            return true;
        }

        private boolean raced(SimScope scope, List<SimStep> steps) {
            Races.Next next = core.races().next(steps, now);
            if (next instanceof Races.Next.Won won && won.step().phase().isOver()) {
                core.races().decided(steps, won.step());
                String race = scope.step.path() + " race " + scope.next;
                String before = winners.putIfAbsent(race, won.step().path());
                check(
                        before == null || before.equals(won.step().path()),
                        race + " was won by " + before + ", and now by "
                                + won.step().path());
                return true;
            } else if (next instanceof Races.Next.Won won) {
                await(scope, List.of((SimStep) won.step()), false);
                return false;
            } else if (next instanceof Races.Next.Fires fires) {
                takePlace((SimStep) fires.timer());
                return false;
            }
            Suspension parked = core.sealIfAllParked(scope, steps);
            if (parked != null) {
                throw parked;
            }
            await(scope, steps, true);
            return false;
        }

        /** A step and a timer race; the step that comes in time ends the timer. */
        private boolean inTime(SimScope scope, SimStep step, SimStep limit) {
            if (!raced(scope, List.of(step, limit))) {
                return false;
            }
            check(step.isLoser() != limit.isLoser(), "a race has one winner");
            if (limit.isLoser() && !limit.phase().isOver() && record(limit, CANCELLED)) {
                core.cancel(limit);
            }
            return limit.isLoser() ? joined(scope, step, true) : true;
        }

        private void takePlace(SimStep timer) {
            if (record(timer, "passed")) {
                core.races().tookPlace(timer, "passed");
            }
        }

        private boolean cancelled(SimScope scope, SimStep step) {
            if (!step.phase().isOver() && record(step, CANCELLED)) {
                core.cancel(step);
            }
            if (!step.phase().isOver()) {
                await(scope, List.of(step), false);
                return false;
            }
            core.joined(scope, List.of(step));
            return true;
        }

        private void await(SimScope scope, List<SimStep> steps, boolean race) {
            core.settleInline(scope);
            Wait wait = new Wait(scope, steps, race);
            if (core.await(scope, wait)) {
                scope.wait = wait;
                if (core.takePermit(scope.attempt)) {
                    scope.gavePermit = true;
                    permits++;
                }
            }
        }

        private void atEnd(SimScope scope) {
            List<SimStep> rest = new ArrayList<>();
            List<SimStep> losers = new ArrayList<>();
            scope.called(false).forEach(called -> rest.add((SimStep) called));
            scope.called(true).forEach(called -> losers.add((SimStep) called));
            if (scope.failing && !scope.returning) {
                core.discardLosers(scope);
                scope.returning = true;
            }
            for (SimStep step : rest) {
                if (!joined(scope, step, !scope.failing)) {
                    return;
                }
            }
            if (!scope.failing) {
                for (SimStep loser : losers) {
                    if (!cancelled(scope, loser)) {
                        return;
                    }
                }
            }
            threads.remove(scope);
            ended(scope.attempt, scope.failing || scope.step.failedAttempts() < scope.step.fails);
        }
    }
}
