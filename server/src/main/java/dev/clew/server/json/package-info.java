/** JSON as it comes and goes: trees, read with limits, and bodies whose members are checked. */
@NullMarked
package dev.clew.server.json;

import org.jspecify.annotations.NullMarked;
