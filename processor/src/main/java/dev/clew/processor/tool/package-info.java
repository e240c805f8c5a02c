/** Tools: classes whose methods an agent's model may call. */
@NullMarked
package dev.clew.processor.tool;

import org.jspecify.annotations.NullMarked;
