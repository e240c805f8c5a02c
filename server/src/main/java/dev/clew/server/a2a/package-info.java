/** The Agent2Agent protocol's messages, tasks and cards, in its versions 0.3 and 1.0. */
@NullMarked
package dev.clew.server.a2a;

import org.jspecify.annotations.NullMarked;
