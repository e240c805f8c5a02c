package dev.clew.state;

import dev.clew.task.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Steps as the tree of their scopes, made small enough to be looked at: siblings that are alike, with all that is in
 * them, are one branch with a count, and of a long row of different ones those that simply succeeded are left out.
 */
final class StepTree {
    /** So many alike siblings become one branch. */
    private static final int ALIKE = 3;

    /** So many branches of one scope are kept, and whatever did not succeed. */
    private static final int SIBLINGS = 40;

    private StepTree() {}

    /**
     * A step with what is in it.
     *
     * @param step the step, or the first of several that are alike
     * @param count how many there are
     * @param inner the branches in it
     * @param more how many further steps in it are left out
     */
    record Branch(StepState step, int count, List<Branch> inner, int more) {
        /** Equal for branches that need not be told apart. */
        private String likeness() {
            Failure failure = step.failure();
            StringBuilder text = new StringBuilder()
                    .append(step.kind())
                    .append('|')
                    .append(step.name())
                    .append('|')
                    .append(step.status())
                    .append('|')
                    .append(step.attempts() > 1 ? step.attempts() : 1)
                    .append(step.cached() ? "|cached|" : "|")
                    .append(failure == null ? "" : failure.type())
                    .append(step.deadline() == null ? "" : step.deadline())
                    .append('|')
                    .append(more)
                    .append('[');
            inner.forEach(branch -> text.append(branch.count)
                    .append('x')
                    .append(branch.likeness())
                    .append(';'));
            return text.append(']').toString();
        }

        private Branch times(int n) {
            return new Branch(step, n, inner, more);
        }

        private boolean isPlain() {
            return step.status() == StepState.Status.SUCCEEDED && inner.isEmpty();
        }
    }

    /** The root's scope, as a branch of its own; its step is a stand-in. */
    record Root(List<Branch> inner, int more) {}

    static Root of(List<StepState> steps) {
        Map<String, List<StepState>> byScope = new LinkedHashMap<>();
        for (StepState step : steps) {
            byScope.computeIfAbsent(parent(step.path()), path -> new ArrayList<>())
                    .add(step);
        }
        List<Branch> branches = alike(branches("", byScope));
        List<Branch> kept = kept(branches);
        return new Root(kept, left(branches, kept));
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static List<Branch> branches(String scope, Map<String, List<StepState>> byScope) {
        List<Branch> branches = new ArrayList<>();
        for (StepState step : byScope.getOrDefault(scope, List.of())) {
            List<Branch> inner = alike(branches(step.path(), byScope));
            List<Branch> kept = kept(inner);
            branches.add(new Branch(step, 1, kept, left(inner, kept)));
        }
        return branches;
    }

    /** Alike siblings taken together, where the first of them stood. */
    private static List<Branch> alike(List<Branch> siblings) {
        Map<String, List<Branch>> groups = new LinkedHashMap<>();
        siblings.forEach(branch -> groups.computeIfAbsent(branch.likeness(), like -> new ArrayList<>())
                .add(branch));
        Set<String> drawn = new HashSet<>();
        List<Branch> together = new ArrayList<>();
        for (Branch branch : siblings) {
            String likeness = branch.likeness();
            int count = groups.getOrDefault(likeness, List.of()).size();
            if (count < ALIKE) {
                together.add(branch);
            } else if (drawn.add(likeness)) {
                together.add(branch.times(count));
            }
        }
        return together;
    }

    private static List<Branch> kept(List<Branch> siblings) {
        if (siblings.size() <= SIBLINGS) {
            return siblings;
        }
        long remarkable = siblings.stream().filter(branch -> !branch.isPlain()).count();
        long room = Math.max(0, SIBLINGS - remarkable);
        List<Branch> kept = new ArrayList<>();
        for (Branch branch : siblings) {
            if (!branch.isPlain()) {
                kept.add(branch);
            } else if (room > 0) {
                room--;
                kept.add(branch);
            }
        }
        return kept;
    }

    private static int left(List<Branch> all, List<Branch> kept) {
        return count(all) - count(kept);
    }

    private static int count(List<Branch> branches) {
        return branches.stream().mapToInt(Branch::count).sum();
    }
}
