/** What is left for a run that is stored: answers, and that it is to be undone. Not exported. */
@NullMarked
package dev.clew.engine.answer;

import org.jspecify.annotations.NullMarked;
