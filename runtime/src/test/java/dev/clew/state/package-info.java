/** What users see of runs, by itself. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.state;
