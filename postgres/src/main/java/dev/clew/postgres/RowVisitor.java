package dev.clew.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Looks at the row that a result stands on. */
@FunctionalInterface
interface RowVisitor {
    /** Whether it wants to see more rows. */
    boolean visit(ResultSet row) throws SQLException;
}
