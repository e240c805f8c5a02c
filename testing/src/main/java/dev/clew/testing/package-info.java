/** JUnit tests that interrupt, crash and resume workflows. */
@NullMarked
package dev.clew.testing;

import org.jspecify.annotations.NullMarked;
