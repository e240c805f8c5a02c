/** The same work in the engines that do the same, each in its own language, in one run. */
@NullMarked
package dev.clew.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
