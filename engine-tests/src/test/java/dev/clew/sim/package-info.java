/** Random programs under random troubles: on real threads, and under a scheduler that decides everything by a seed. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.sim;
