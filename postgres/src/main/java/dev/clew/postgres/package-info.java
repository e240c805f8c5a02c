/** PostgreSQL behind the runtime's ports. */
@NullMarked
package dev.clew.postgres;

import org.jspecify.annotations.NullMarked;
