/** What a coverage-guided fuzzer is let loose on, and how what it found is tried again; {@code testing/fuzz} does both. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.fuzz;
