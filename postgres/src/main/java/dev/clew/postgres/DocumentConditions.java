package dev.clew.postgres;

import dev.clew.store.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says conditions of filters in SQL. They may let too much pass, since the store tests again, and never too little: a document that
 * the database cannot look into passes, and what jsonb compares otherwise than filters do, such as maps, is not asked at all. Names
 * and values are arguments, never part of a statement.
 */
final class DocumentConditions {
    private DocumentConditions() {}

    static void add(Sql sql, List<Filter.Condition> conditions) {
        List<Filter.Condition> known =
                conditions.stream().filter(DocumentConditions::isKnown).toList();
        if (known.isEmpty()) {
            return;
        }
        sql.add(" AND (d.plain IS NULL OR (TRUE");
        for (Filter.Condition condition : known) {
            sql.add(" AND ");
            add(sql, condition);
        }
        sql.add("))");
    }

    private static boolean isKnown(Filter.Condition condition) {
        Object value = condition.value();
        boolean scalar = value instanceof String || value instanceof Number || value instanceof Boolean;
        return (value == null || scalar && PlainJson.write(value) != null)
                && condition.path().stream().allMatch(step -> PlainJson.write(step) != null);
    }

    private static void add(Sql sql, Filter.Condition condition) {
        Object value = condition.value();
        String json = value == null ? "null" : PlainJson.write(value);
        switch (condition.operator()) {
            case EQ -> equal(sql, condition, json);
            case NE -> {
                addMember(sql, condition.path());
                sql.add(value == null ? " <> ?::jsonb" : " IS DISTINCT FROM ?::jsonb", json);
            }
            case GT -> ordered(sql, condition, " > ");
            case GTE -> ordered(sql, condition, " >= ");
            case LT -> ordered(sql, condition, " < ");
            case LTE -> ordered(sql, condition, " <= ");
        }
    }

    private static void equal(Sql sql, Filter.Condition condition, @Nullable String json) {
        if (condition.value() == null) {
            sql.add("coalesce(");
            addMember(sql, condition.path());
            sql.add(", 'null'::jsonb) = 'null'::jsonb");
        } else if (condition.path().stream().allMatch(String.class::isInstance)) {
            // What the index knows.
            sql.add("d.plain @> ?::jsonb", document(condition.path(), condition.value()));
        } else {
            addMember(sql, condition.path());
            sql.add(" = ?::jsonb", json);
        }
    }

    /** The least document that has this value there. */
    private static @Nullable String document(List<Object> path, Object value) {
        Object document = value;
        for (int i = path.size() - 1; i >= 0; i--) {
            document = Map.of(path.get(i), document);
        }
        return PlainJson.write(document);
    }

    /** jsonb orders texts by the language of the database, so they are compared as text, by code points. */
    private static void ordered(Sql sql, Filter.Condition condition, String operator) {
        if (condition.value() instanceof String text) {
            sql.add("(");
            addMember(sql, condition.path());
            sql.add(" #>> '{}') COLLATE \"C\"" + operator + "?", text);
        } else {
            addMember(sql, condition.path());
            sql.add(operator + "?::jsonb", PlainJson.write(condition.value()));
        }
    }

    /** NULL if there is no such member. A position leads into an array only, and a name into an object only. */
    private static void addMember(Sql sql, List<Object> path) {
        if (path.isEmpty()) {
            sql.add("d.plain");
            return;
        }
        Object last = path.get(path.size() - 1);
        List<Object> parent = path.subList(0, path.size() - 1);
        sql.add("(");
        if (last instanceof String) {
            addMember(sql, parent);
            sql.add(" -> ?::text)", last);
        } else {
            // A scalar counts as an array of itself.
            sql.add("SELECT CASE WHEN jsonb_typeof(p.at) = 'array' THEN p.at -> ?::int END FROM (SELECT ", last);
            addMember(sql, parent);
            sql.add(" AS at) p)");
        }
    }
}
