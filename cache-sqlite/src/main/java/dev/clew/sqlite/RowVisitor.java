package dev.clew.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Looks at the row that a result stands on. */
@FunctionalInterface
interface RowVisitor {
    void visit(ResultSet row) throws SQLException;
}
