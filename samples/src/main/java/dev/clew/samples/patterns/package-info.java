/** How models are composed: chains, branches, workers, loops, agents. */
@NullMarked
package dev.clew.samples.patterns;

import org.jspecify.annotations.NullMarked;
