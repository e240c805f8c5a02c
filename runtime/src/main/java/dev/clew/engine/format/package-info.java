/** How values, failures, arguments and questions are bound to their places, compared and shown. Not exported. */
@NullMarked
package dev.clew.engine.format;

import org.jspecify.annotations.NullMarked;
