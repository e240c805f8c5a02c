package dev.clew.agents;

import dev.clew.agents.SpendingLimit.Unit;
import dev.clew.tools.Cost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an agent that is a tool may cost: what is left of the budgets of the agent that calls it. It is part of the input, so that
 * it is recorded.
 *
 * @param left what is left of each unit that is limited; none if nothing is
 */
record Allowance(Map<Unit, BigDecimal> left) {
    Allowance {
        left = Map.copyOf(left);
    }

    /** What is left of an agent's limits, in this state. */
    static Allowance of(List<SpendingLimit> limits, FoldedState state) {
        Map<Unit, BigDecimal> left = new EnumMap<>(Unit.class);
        for (SpendingLimit limit : limits) {
            BigDecimal most = state.raised(limit.isPerThread()).getOrDefault(limit.name(), limit.most());
            left.merge(
                    limit.unit(), most.subtract(limit.spent(state.spending())).max(BigDecimal.ZERO), BigDecimal::min);
        }
        return new Allowance(left);
    }

    /** The same, of which this is spent. */
    Allowance less(Cost spent) {
        Map<Unit, BigDecimal> rest = new EnumMap<>(Unit.class);
        left.forEach(
                (unit, most) -> rest.put(unit, most.subtract(unit.of(spent)).max(BigDecimal.ZERO)));
        return new Allowance(rest);
    }

    /** An agent's own limits, where they are lower, and these for each run. */
    List<SpendingLimit> bound(List<SpendingLimit> own) {
        List<SpendingLimit> all = new ArrayList<>();
        Map<Unit, BigDecimal> open = new EnumMap<>(Unit.class);
        open.putAll(left);
        for (SpendingLimit limit : own) {
            BigDecimal most = limit.isPerThread() ? null : open.remove(limit.unit());
            all.add(
                    most == null
                            ? limit
                            : new SpendingLimit(limit.unit(), limit.most().min(most), false));
        }
        open.forEach((unit, most) -> all.add(new SpendingLimit(unit, most, false)));
        return all;
    }
}
