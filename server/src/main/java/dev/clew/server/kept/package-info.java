/** What the server itself remembers beside threads and runs. */
@NullMarked
package dev.clew.server.kept;

import org.jspecify.annotations.NullMarked;
