/** What the author of an adapter needs to run the suites: a place to keep things, and a list of suites. */
@org.jspecify.annotations.NullUnmarked
package dev.clew.contracts;
