/** Replays exchanges that were recorded from the official Python server, and compares what ours answers. */
@org.jspecify.annotations.NullMarked
package dev.clew.server.transcript;
