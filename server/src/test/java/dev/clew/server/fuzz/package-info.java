/** Requests that no client would send. */
@org.jspecify.annotations.NullMarked
package dev.clew.server.fuzz;
