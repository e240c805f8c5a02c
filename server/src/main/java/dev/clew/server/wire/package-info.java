/** Events as clients read them. */
@NullMarked
package dev.clew.server.wire;

import org.jspecify.annotations.NullMarked;
