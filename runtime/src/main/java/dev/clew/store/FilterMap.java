package dev.clew.store;

import dev.clew.store.Filter.Comparison;
import dev.clew.store.Filter.Operator;
import dev.clew.value.IllegalRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a filter that is described by plain data. */
final class FilterMap {
    private static final String SIGIL = "$";

    private FilterMap() {}

    static Filter read(Map<String, ? extends @Nullable Object> description) {
        List<Filter> filters = new ArrayList<>();
        description.forEach((key, value) -> {
            if (key.startsWith(SIGIL) && !key.startsWith("$.") && !key.startsWith("$[")) {
                throw new IllegalRequestException(
                        "a filter has the operator '" + key + "' where a path to a member belongs");
            }
            FieldPath path = FieldPath.parse(key);
            if (value instanceof Map<?, ?> map && hasOperators(path, map)) {
                map.forEach((name, operand) -> filters.add(new Comparison(path, operator(path, name), operand)));
            } else {
                filters.add(new Comparison(path, Operator.EQ, value));
            }
        });
        return new Filter.All(filters);
    }

    private static boolean hasOperators(FieldPath path, Map<?, ?> map) {
        long operators = map.keySet().stream().filter(FilterMap::isOperator).count();
        if (operators != 0 && operators != map.size()) {
            throw new IllegalRequestException(
                    "the filter of '" + path + "' has operators and members side by side; it must be one or the other");
        }
        return operators != 0;
    }

    private static boolean isOperator(@Nullable Object name) {
        return name instanceof String text && text.startsWith(SIGIL);
    }

    private static Operator operator(FieldPath path, @Nullable Object name) {
        return Arrays.stream(Operator.values())
                .filter(operator -> operator.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalRequestException("the filter of '" + path + "' has an operator '" + name
                        + "', which is unknown; there are $eq, $ne, $gt, $gte, $lt and $lte"));
    }
}
