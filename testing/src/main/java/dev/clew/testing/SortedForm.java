package dev.clew.testing;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Values as texts that are the same in every process: members of maps, which may have no order, are sorted by their names. */
@SuppressWarnings("NullAway") // a compiler of JDK 17 does not see the nullness of type arguments in class files
final class SortedForm {
    private SortedForm() {}

    static String of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((name, member) -> sorted.put(String.valueOf(name), of(member)));
            return sorted.toString();
        }
        if (value instanceof Set<?> set) {
            Set<String> sorted = new TreeSet<>();
            set.forEach(each -> sorted.add(of(each)));
            return sorted.toString();
        }
        if (value instanceof Collection<?> list) {
            StringJoiner all = new StringJoiner(", ", "[", "]");
            list.forEach(each -> all.add(of(each)));
            return all.toString();
        }
        return value instanceof Record data ? members(data) : String.valueOf(value);
    }

    private static String members(Record data) {
        StringJoiner all = new StringJoiner(", ", data.getClass().getSimpleName() + "[", "]");
        for (RecordComponent component : data.getClass().getRecordComponents()) {
            try {
                all.add(component.getName() + "=" + of(component.getAccessor().invoke(data)));
            } catch (ReflectiveOperationException hidden) {
                return String.valueOf(data);
            }
        }
        return all.toString();
    }
}
