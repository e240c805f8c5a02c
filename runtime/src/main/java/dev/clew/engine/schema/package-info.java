/** Checks plain data against the JSON Schemas that the codec writes, and compares two such schemas. */
@NullMarked
package dev.clew.engine.schema;

import org.jspecify.annotations.NullMarked;
